package org.outpost.amt.operation.storage;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.failure.PtStatus;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Who may keep data in the device's flash (Intel's class
 * AMT_ThirdPartyDataStorageAdministrationService): its lists of enterprises and of partners.
 */
public final class StorageAdministration {
    private static final AmtClass SERVICE =
            AmtClass.of("AMT_ThirdPartyDataStorageAdministrationService");
    private static final int PARTNER = 1;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public StorageAdministration(AmtCalls calls) {
        this.calls = calls;
    }

    /**
     * Lets a program in, which then may register. One that is let in already stays so.
     *
     * @param program which one; its UUID does not matter
     * @param bytes how much it may allocate, a multiple of 4096
     */
    public CompletionStage<Void> admit(StorageApplication program, int bytes) {
        return unlessThere(
                        Invocation.of(SERVICE, "AddStorageEaclEntry")
                                .with("EnterpriseName", program.enterprise()))
                .thenCompose(
                        done ->
                                unlessThere(
                                        Invocation.of(SERVICE, "AddStorageFpaclEntry")
                                                .with("AttrType", PARTNER)
                                                .with("ApplicationName", program.application())
                                                .with("VendorName", program.vendor())
                                                .with("IsPartner", true)
                                                .with("TotalAllocationSize", bytes)));
    }

    private CompletionStage<Void> unlessThere(Invocation adding) {
        return calls.invoke(adding)
                .<Void>thenApply(added -> null)
                .exceptionallyCompose(
                        thrown ->
                                AmtException.failureOf(thrown)
                                                .filter(StorageAdministration::isThere)
                                                .isPresent()
                                        ? CompletableFuture.completedStage(null)
                                        : CompletableFuture.failedStage(thrown));
    }

    private static boolean isThere(AmtFailure failure) {
        return failure instanceof AmtFailure.ReturnValue value
                && value.code().status().equals(PtStatus.DUPLICATE);
    }
}
