package org.outpost.server.web.amt;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.storage.SoftwareList;
import org.outpost.amt.operation.storage.SoftwareService;
import org.outpost.amt.operation.storage.StorageApplication;
import org.outpost.amt.operation.storage.StorageBlock;
import org.outpost.amt.operation.storage.StorageService;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Blocks in the device's flash that programs own (third-party data storage). */
@RestController
@RequestMapping("/api/v1/amt/storage")
final class StorageController {
    private final AmtRequests devices;

    StorageController(AmtRequests devices) {
        this.devices = devices;
    }

    /** A block. */
    record Block(long handle, String name, long size, boolean hidden) {
        static Block of(StorageBlock block) {
            return new Block(block.handle(), block.name(), block.size(), block.hidden());
        }
    }

    /** What a program has. */
    record Blocks(long bytesAvailable, List<Block> blocks) {}

    /** A program on the PC; version and vendor may be missing. */
    record Program(@Nullable String name, @Nullable String version, @Nullable String vendor) {
        static Program of(SoftwareList.Item item) {
            return new Program(item.name(), item.version(), item.vendor());
        }

        SoftwareList.Item item() {
            return new SoftwareList.Item(text(name), text(version), text(vendor));
        }

        private static String text(@Nullable String given) {
            return given == null ? "" : given;
        }
    }

    /** What is installed on a PC. */
    record Software(@Nullable List<@Nullable Program> programs) {}

    /** Whether it was written, or was there already. */
    record Stored(String result) {}

    /**
     * Shows the blocks of a program; of Outpost's own, unless another is named.
     *
     * @param caller its UUID
     */
    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Blocks storageBlocks(
            @PathVariable String guid,
            @RequestParam(required = false) @Nullable String caller,
            @RequestParam(required = false) @Nullable String vendor,
            @RequestParam(required = false) @Nullable String application,
            @RequestParam(required = false) @Nullable String enterprise) {
        StorageApplication own = SoftwareService.OWNER;
        StorageApplication owner =
                owner(
                        caller == null ? own.caller() : Answers.uuid("caller", caller),
                        vendor == null ? own.vendor() : vendor,
                        application == null ? own.application() : application,
                        enterprise == null ? own.enterprise() : enterprise);
        return devices.ask(guid, calls -> blocks(new StorageService(calls), owner));
    }

    /** What is installed, as a program wrote it there last; also of a PC that is off. */
    @GetMapping("/software/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Software software(@PathVariable String guid) {
        return devices.maybe(guid, calls -> new SoftwareService(calls).read())
                .map(list -> new Software(list.items().stream().map(Program::of).toList()))
                .orElseThrow(
                        () ->
                                Answers.problem(
                                        HttpStatus.NOT_FOUND,
                                        "Nobody wrote a list of software into this device. Write"
                                                + " one with: outpost device software NAME --write"
                                                + " FILE"));
    }

    /** Keeps a list of what is installed in the device. */
    @PutMapping("/software/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Stored writeSoftware(@PathVariable String guid, @RequestBody Software wanted) {
        SoftwareList list = list(wanted);
        SoftwareService.Written written =
                devices.ask(guid, calls -> new SoftwareService(calls).write(list));
        return new Stored(written.name().toLowerCase(Locale.ROOT));
    }

    private static SoftwareList list(Software wanted) {
        new Checks().present(wanted.programs(), "programs").done();
        List<SoftwareList.Item> items = new ArrayList<>();
        try {
            for (Program program : Checks.checked(wanted.programs())) {
                items.add((program == null ? new Program("", "", "") : program).item());
            }
            return new SoftwareList(items);
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(
                    Invalid.inBody(
                            "programs[" + items.size() + "]", String.valueOf(e.getMessage())));
        }
    }

    private static CompletionStage<Blocks> blocks(
            StorageService service, StorageApplication owner) {
        return service.register(owner)
                .thenCompose(
                        session ->
                                service.blocks(session)
                                        .thenCombine(
                                                service.bytesAvailable(session),
                                                (blocks, free) ->
                                                        new Blocks(
                                                                free,
                                                                blocks.stream()
                                                                        .map(Block::of)
                                                                        .toList())));
    }

    private static StorageApplication owner(
            UUID caller, String vendor, String application, String enterprise) {
        try {
            return new StorageApplication(caller, vendor, application, enterprise);
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(
                    Invalid.inQuery("vendor", vendor, String.valueOf(e.getMessage())));
        }
    }
}
