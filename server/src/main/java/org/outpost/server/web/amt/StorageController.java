package org.outpost.server.web.amt;

import org.outpost.access.right.Verb;
import org.outpost.amt.operation.storage.StorageApplication;
import org.outpost.amt.operation.storage.StorageBlock;
import org.outpost.amt.operation.storage.StorageService;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
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

    /**
     * Shows the blocks of a program.
     *
     * @param caller its UUID
     */
    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Blocks storageBlocks(
            @PathVariable String guid,
            @RequestParam(defaultValue = "") String caller,
            @RequestParam(defaultValue = "Outpost") String vendor,
            @RequestParam(defaultValue = "Outpost") String application,
            @RequestParam(defaultValue = "Intel(r) AMT") String enterprise) {
        StorageApplication owner = owner(caller, vendor, application, enterprise);
        return devices.ask(guid, calls -> blocks(new StorageService(calls), owner));
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
            String caller, String vendor, String application, String enterprise) {
        try {
            return new StorageApplication(UUID.fromString(caller), vendor, application, enterprise);
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(
                    Invalid.inQuery(
                            "caller",
                            "caller is the UUID of a program; vendor, application and enterprise"
                                    + " have 1 to 32 characters each",
                            caller));
        }
    }
}
