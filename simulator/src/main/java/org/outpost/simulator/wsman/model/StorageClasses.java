package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.model.DataStorage.Application;
import org.outpost.simulator.wsman.model.DataStorage.Block;

import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Third-party data storage: applications of an enterprise and a vendor register and keep blocks of
 * data in the firmware (AMT guide, class AMT_ThirdPartyDataStorageService).
 */
final class StorageClasses {
    private static final String SERVICE = "AMT_ThirdPartyDataStorageService";
    private static final String ADMIN = "AMT_ThirdPartyDataStorageAdministrationService";
    private static final int LONGEST_NAME = 64;
    private static final EnumSet<Realm> USERS = EnumSet.of(Realm.STORAGE);
    private static final EnumSet<Realm> ADMINS = EnumSet.of(Realm.STORAGE_ADMIN);

    /** What is done in a session. */
    private interface InSession {
        Output apply(DataStorage storage, Application application) throws FaultException;
    }

    /** What is done with a block in a session. */
    private interface WithBlock {
        Output apply(DataStorage storage, Application application, Block block)
                throws FaultException;
    }

    private StorageClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named(SERVICE)
                        .systemKeys()
                        .readableBy(Realm.GENERAL_INFO, Realm.STORAGE)
                        .single(
                                firmware ->
                                        service(SERVICE, "Intel(r) AMT Third Party Data Storage"))
                        .method(
                                "GetMTU",
                                USERS,
                                (call, in) -> Output.done().with("Mtu", DataStorage.LARGEST_IO))
                        .method("GetTimeoutValues", USERS, (call, in) -> timeouts())
                        .method("RegisterApplication", USERS, StorageClasses::register)
                        .method("UnregisterApplication", USERS, StorageClasses::unregister)
                        .method("GetCurrentApplicationHandle", USERS, StorageClasses::handle)
                        .method("GetRegisteredApplications", USERS, StorageClasses::siblings)
                        .method("GetApplicationAttributes", USERS, StorageClasses::attributes)
                        .method("GetBytesAvailable", USERS, StorageClasses::available)
                        .method("AllocateBlock", USERS, StorageClasses::allocate)
                        .method("GetAllocatedBlocks", USERS, StorageClasses::blocks)
                        .method("GetBlockAttributes", USERS, StorageClasses::blockAttributes)
                        .method("ReadBlock", USERS, StorageClasses::read)
                        .method("WriteBlock", USERS, StorageClasses::write)
                        .method("LockBlock", USERS, StorageClasses::lock)
                        .method("UnlockBlock", USERS, StorageClasses::unlock)
                        .method("SetBlockVisibility", USERS, StorageClasses::setVisibility)
                        .method("DeallocateBlock", USERS, StorageClasses::deallocate)
                        .build(),
                CimClass.named(ADMIN)
                        .systemKeys()
                        .readableBy(Realm.GENERAL_INFO, Realm.STORAGE_ADMIN)
                        .writableBy(Realm.STORAGE_ADMIN)
                        .single(
                                firmware ->
                                        service(
                                                ADMIN,
                                                "Intel(r) AMT Third Party Data Storage"
                                                        + " Administration"))
                        .method("GetGlobalStorageAttributes", ADMINS, StorageClasses::global)
                        .method("AddStorageEaclEntry", ADMINS, StorageClasses::addEnterprise)
                        .method("EnumerateStorageEaclEntries", ADMINS, StorageClasses::enterprises)
                        .method("GetStorageEaclEntry", ADMINS, StorageClasses::enterprise)
                        .method("RemoveStorageEaclEntry", ADMINS, StorageClasses::dropEnterprise)
                        .method("AddStorageFpaclEntry", ADMINS, StorageClasses::addPartner)
                        .method(
                                "AdminGetRegisteredApplications",
                                ADMINS,
                                (call, in) ->
                                        Output.done()
                                                .with(
                                                        "ApplicationHandles",
                                                        storage(call).handles().toArray()))
                        .method(
                                "AdminGetApplicationAttributes",
                                ADMINS,
                                StorageClasses::adminAttributes)
                        .method("AdminRemoveApplication", ADMINS, StorageClasses::adminRemove)
                        .build());
    }

    private static Instance service(String className, String name) {
        return Instance.inEngine(className, name + " Service")
                .named(name + " Service")
                .set("EnabledState", 5)
                .set("RequestedState", 12)
                .build();
    }

    private static DataStorage storage(Call call) {
        return call.firmware()
                .state(DataStorage.class, (Firmware firmware) -> new DataStorage(firmware::now));
    }

    private static Output timeouts() {
        return Output.done()
                .with("SessionTimeout", DataStorage.SESSION.toSeconds())
                .with("LockTimeout", DataStorage.LOCK.toSeconds());
    }

    private static Output register(Call call, Arguments in) throws FaultException {
        String uuid = in.text("CallerUUID", 64);
        String vendor = in.text("VendorName", LONGEST_NAME);
        String application = in.text("ApplicationName", LONGEST_NAME);
        String enterprise = in.text("EnterpriseName", LONGEST_NAME);
        if (uuid.isEmpty() || vendor.isEmpty() || application.isEmpty() || enterprise.isEmpty()) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        DataStorage storage = storage(call);
        if (!storage.knowsEnterprise(enterprise) || !storage.mayRegister(vendor, application)) {
            return Output.of(Status.NOT_PERMITTED);
        }
        return Output.done()
                .with(
                        "SessionHandle",
                        storage.register(
                                new DataStorage.Identity(uuid, enterprise, vendor, application)));
    }

    private static Output inSession(Call call, Arguments in, InSession body) throws FaultException {
        DataStorage storage = storage(call);
        Optional<Application> application =
                storage.session(in.number("SessionHandle", 0, 0xFFFF_FFFFL));
        return application.isEmpty()
                ? Output.of(Status.INVALID_HANDLE)
                : body.apply(storage, application.get());
    }

    private static Output withBlock(Call call, Arguments in, WithBlock body) throws FaultException {
        return inSession(
                call,
                in,
                (storage, application) -> {
                    Optional<Block> block =
                            storage.block(in.number("BlockHandle", 0, 0xFFFF_FFFFL));
                    if (block.isEmpty() || !block.get().visibleTo(application)) {
                        return Output.of(Status.NOT_FOUND);
                    }
                    return body.apply(storage, application, block.get());
                });
    }

    private static Output unregister(Call call, Arguments in) throws FaultException {
        long session = in.number("SessionHandle", 0, 0xFFFF_FFFFL);
        return inSession(
                call,
                in,
                (storage, application) -> {
                    storage.endSession(session);
                    return Output.done();
                });
    }

    private static Output handle(Call call, Arguments in) throws FaultException {
        return inSession(
                call,
                in,
                (storage, application) ->
                        Output.done().with("ApplicationHandle", application.handle()));
    }

    private static Output siblings(Call call, Arguments in) throws FaultException {
        return inSession(
                call,
                in,
                (storage, application) ->
                        Output.done()
                                .with(
                                        "ApplicationHandles",
                                        storage.siblings(application).toArray()));
    }

    private static Output attributes(Call call, Arguments in) throws FaultException {
        long handle = in.number("ApplicationHandle", 0, 0xFFFF_FFFFL);
        return inSession(
                call,
                in,
                (storage, application) ->
                        storage.application(handle)
                                .filter(other -> other.sharesVendor(application))
                                .map(found -> describe(storage, found))
                                .orElseGet(() -> Output.of(Status.INVALID_HANDLE)));
    }

    private static Output describe(DataStorage storage, Application application) {
        DataStorage.Identity identity = application.identity();
        return Output.done()
                .with("UUID", identity.uuid())
                .with("VendorName", identity.vendor())
                .with("ApplicationName", identity.application())
                .with("EnterpriseName", identity.enterprise())
                .with("CurrentAllocationSize", storage.used(application))
                .with("ActiveSession", storage.isActive(application))
                .with("Partner", true);
    }

    private static Output available(Call call, Arguments in) throws FaultException {
        return inSession(
                call,
                in,
                (storage, application) ->
                        Output.done().with("BytesAvailable", storage.available()));
    }

    private static Output allocate(Call call, Arguments in) throws FaultException {
        int bytes = (int) in.number("BytesRequested", 1, Integer.MAX_VALUE);
        boolean hidden = in.flag("BlockHidden");
        String name = in.text("BlockName", 32);
        return inSession(
                call,
                in,
                (storage, application) ->
                        storage.allocate(application, bytes, hidden, name)
                                .map(block -> Output.done().with("BlockHandle", block.handle()))
                                .orElseGet(() -> Output.of(Status.MAX_LIMIT_REACHED)));
    }

    private static Output blocks(Call call, Arguments in) throws FaultException {
        long owner = in.number("BlockOwnerApplication", 0, 0xFFFF_FFFFL);
        return inSession(
                call,
                in,
                (storage, application) ->
                        Output.done()
                                .with(
                                        "BlockHandles",
                                        storage.blocks(owner).stream()
                                                .filter(block -> block.visibleTo(application))
                                                .map(Block::handle)
                                                .toArray()));
    }

    private static Output blockAttributes(Call call, Arguments in) throws FaultException {
        return withBlock(
                call,
                in,
                (storage, application, block) ->
                        Output.done()
                                .with("BlockSize", block.size())
                                .with("BlockHidden", block.hidden())
                                .with("BlockName", block.name()));
    }

    private static Output read(Call call, Arguments in) throws FaultException {
        int offset = (int) in.number("ByteOffset", 0, Integer.MAX_VALUE);
        int count = (int) in.number("ByteCount", 1, DataStorage.LARGEST_IO);
        return withBlock(
                call,
                in,
                (storage, application, block) -> {
                    if (block.lockedAgainst(application, call.firmware().now())) {
                        return Output.of(Status.BLOCKING_COMPONENT);
                    }
                    if (offset >= block.size()) {
                        return Output.of(Status.INVALID_INDEX);
                    }
                    byte[] data = block.read(offset, count);
                    return Output.done().with("Data", Base64.getEncoder().encodeToString(data));
                });
    }

    private static Output write(Call call, Arguments in) throws FaultException {
        int offset = (int) in.number("ByteOffset", 0, Integer.MAX_VALUE);
        byte[] data = in.bytes("Data", DataStorage.LARGEST_IO);
        return withBlock(
                call,
                in,
                (storage, application, block) -> {
                    if (!block.ownedBy(application)) {
                        return Output.of(Status.NOT_PERMITTED);
                    }
                    if (block.lockedAgainst(application, call.firmware().now())) {
                        return Output.of(Status.BLOCKING_COMPONENT);
                    }
                    return block.write(offset, data)
                            ? Output.done().with("BytesWritten", data.length)
                            : Output.of(Status.INVALID_INDEX);
                });
    }

    private static Output lock(Call call, Arguments in) throws FaultException {
        return withBlock(
                call,
                in,
                (storage, application, block) ->
                        block.lock(application, call.firmware().now())
                                ? Output.done()
                                : Output.of(Status.BLOCKING_COMPONENT));
    }

    private static Output unlock(Call call, Arguments in) throws FaultException {
        return withBlock(
                call,
                in,
                (storage, application, block) ->
                        block.unlock(application, call.firmware().now())
                                ? Output.done()
                                : Output.of(Status.BLOCKING_COMPONENT));
    }

    private static Output setVisibility(Call call, Arguments in) throws FaultException {
        boolean hidden = in.flag("BlockHidden");
        return withBlock(
                call,
                in,
                (storage, application, block) -> {
                    if (!block.ownedBy(application)) {
                        return Output.of(Status.NOT_PERMITTED);
                    }
                    block.hide(hidden);
                    return Output.done();
                });
    }

    private static Output deallocate(Call call, Arguments in) throws FaultException {
        return withBlock(
                call,
                in,
                (storage, application, block) -> {
                    if (!block.ownedBy(application)) {
                        return Output.of(Status.NOT_PERMITTED);
                    }
                    storage.deallocate(block);
                    return Output.done();
                });
    }

    private static Output global(Call call, Arguments in) {
        DataStorage storage = storage(call);
        return Output.done()
                .with("TotalStorage", DataStorage.CAPACITY)
                .with("TotalAllocated", DataStorage.CAPACITY - storage.available())
                .with("MaxPartnerStorage", DataStorage.CAPACITY);
    }

    private static Output addEnterprise(Call call, Arguments in) throws FaultException {
        String name = in.text("EnterpriseName", LONGEST_NAME);
        if (name.isEmpty()) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        DataStorage storage = storage(call);
        if (storage.knowsEnterprise(name)) {
            return Output.of(Status.DUPLICATE);
        }
        call.audit(AuditEvent.STORAGE_LIMITS_CHANGED);
        return Output.done().with("Handle", storage.addEnterprise(name));
    }

    private static Output enterprises(Call call, Arguments in) {
        return Output.done().with("Handles", storage(call).enterprises().keySet().toArray());
    }

    private static Output enterprise(Call call, Arguments in) throws FaultException {
        String name = storage(call).enterprises().get((int) in.number("Handle", 0, 0xFFFF));
        return name == null
                ? Output.of(Status.INVALID_HANDLE)
                : Output.done().with("EnterpriseName", name);
    }

    private static Output dropEnterprise(Call call, Arguments in) throws FaultException {
        return storage(call).removeEnterprise((int) in.number("Handle", 0, 0xFFFF))
                ? Output.done()
                : Output.of(Status.INVALID_HANDLE);
    }

    private static Output addPartner(Call call, Arguments in) throws FaultException {
        String application = in.text("ApplicationName", LONGEST_NAME);
        String vendor = in.text("VendorName", LONGEST_NAME);
        long size = in.number("TotalAllocationSize", 0, 0xFFFF_FFFFL);
        if (application.isEmpty() || vendor.isEmpty() || size % 4096 != 0) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        DataStorage storage = storage(call);
        if (storage.mayRegister(vendor, application)) {
            return Output.of(Status.DUPLICATE);
        }
        return Output.done().with("Handle", storage.addPartner(vendor, application));
    }

    private static Output adminAttributes(Call call, Arguments in) throws FaultException {
        DataStorage storage = storage(call);
        return storage.application(in.number("Handle", 0, 0xFFFF_FFFFL))
                .map(application -> describe(storage, application))
                .orElseGet(() -> Output.of(Status.INVALID_HANDLE));
    }

    private static Output adminRemove(Call call, Arguments in) throws FaultException {
        DataStorage storage = storage(call);
        Optional<Application> application =
                storage.application(in.number("Handle", 0, 0xFFFF_FFFFL));
        application.ifPresent(storage::remove);
        return application.isPresent() ? Output.done() : Output.of(Status.INVALID_HANDLE);
    }
}
