package org.outpost.amt.operation.auditlog;

import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads the audit log (wsman.md section 9.2). */
public final class AuditLogService {
    private static final AmtClass LOG = AmtClass.of("AMT_AuditLog");

    /** AMT gives at most ten records a call. */
    private static final int PAGE = 10;

    private static final int MOST_RECORDS = 4000;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public AuditLogService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The log's state. */
    public CompletionStage<AuditLogInfo> info() {
        return calls.get(LOG.name())
                .thenApply(
                        read ->
                                new AuditLogInfo(
                                        read.integer("AuditState"),
                                        read.integer("PercentageFree"),
                                        read.number("CurrentNumberOfRecords").orElse(0),
                                        read.moment("TimeOfLastRecord")));
    }

    /**
     * At most ten records, the newest first; AMT itself counts from the oldest.
     *
     * @param newest how many of the newest are left out; 0 begins with the very newest
     */
    public CompletionStage<AuditPage> page(long newest) {
        if (newest < 0) {
            throw new IllegalArgumentException("the place in the audit log is not negative");
        }
        return raw(1).thenCompose(
                        first -> {
                            long end = first.total() - newest;
                            if (end <= 0) {
                                return CompletableFuture.completedStage(
                                        new AuditPage(first.total(), List.of()));
                            }
                            long start = Math.max(1, end - PAGE + 1);
                            int wanted = (int) (end - start + 1);
                            CompletionStage<AuditPage> read =
                                    start == 1
                                            ? CompletableFuture.completedStage(first)
                                            : raw(start);
                            return read.thenApply(page -> newestFirst(page, wanted));
                        });
    }

    private static AuditPage newestFirst(AuditPage page, int wanted) {
        List<AuditRecord> records =
                new ArrayList<>(page.records().subList(0, Math.min(wanted, page.records().size())));
        Collections.reverse(records);
        return new AuditPage(page.total(), records);
    }

    /** The whole log, the newest first. */
    public CompletionStage<List<AuditRecord>> all() {
        return more(1, new ArrayList<>())
                .thenApply(
                        records -> {
                            Collections.reverse(records);
                            return List.copyOf(records);
                        });
    }

    private CompletionStage<List<AuditRecord>> more(long start, List<AuditRecord> records) {
        return raw(start)
                .thenCompose(
                        page -> {
                            records.addAll(page.records());
                            long next = start + page.records().size();
                            boolean ended =
                                    page.records().isEmpty()
                                            || next > page.total()
                                            || records.size() > MOST_RECORDS;
                            return ended
                                    ? CompletableFuture.completedStage(records)
                                    : more(next, records);
                        });
    }

    /** As AMT gives them, the oldest first. */
    private CompletionStage<AuditPage> raw(long start) {
        return calls.invoke(Invocation.reading(LOG, "ReadRecords").with("StartIndex", start))
                .thenApply(
                        output ->
                                new AuditPage(
                                        output.number("TotalRecordCount").orElse(0),
                                        output.allBytes("EventRecords").stream()
                                                .map(AuditRecord::decode)
                                                .flatMap(Optional::stream)
                                                .toList()));
    }
}
