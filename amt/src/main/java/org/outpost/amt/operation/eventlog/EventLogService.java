package org.outpost.amt.operation.eventlog;

import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads and keeps the event log (wsman.md section 9.1). */
public final class EventLogService {
    private static final AmtClass LOG = AmtClass.of("AMT_MessageLog");

    /** The most records that a log holds, and that are read at a time. */
    private static final int MOST = 390;

    private static final int MOST_READS = 40;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public EventLogService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The log's state. */
    public CompletionStage<EventLogInfo> info() {
        return calls.get(LOG.name())
                .thenApply(
                        read ->
                                new EventLogInfo(
                                        read.number("CurrentNumberOfRecords").orElse(0),
                                        read.number("MaxNumberOfRecords").orElse(MOST),
                                        read.isTrue("IsFrozen")));
    }

    /** All records, the newest first; what is no record is left out. */
    public CompletionStage<List<EventRecord>> read() {
        return calls.invoke(Invocation.reading(LOG, "PositionToFirstRecord"))
                .thenCompose(
                        first ->
                                read(
                                        first.number("IterationIdentifier").orElse(1),
                                        MOST_READS,
                                        new ArrayList<>()));
    }

    private CompletionStage<List<EventRecord>> read(
            long iteration, int reads, List<EventRecord> records) {
        return calls.invoke(
                        Invocation.reading(LOG, "GetRecords")
                                .with("IterationIdentifier", iteration)
                                .with("MaxReadRecords", MOST))
                .thenCompose(
                        output -> {
                            List<EventRecord> more =
                                    output.allBytes("RecordArray").stream()
                                            .map(EventRecord::decode)
                                            .flatMap(Optional::stream)
                                            .toList();
                            records.addAll(more);
                            boolean ended =
                                    output.flag("NoMoreRecords").orElse(true) || more.isEmpty();
                            return ended || reads == 1
                                    ? CompletableFuture.completedStage(List.copyOf(records))
                                    : read(
                                            output.number("IterationIdentifier")
                                                    .orElse(iteration + more.size()),
                                            reads - 1,
                                            records);
                        });
    }

    /** Removes all records. */
    public CompletionStage<Element> clear() {
        return calls.invoke(Invocation.of(LOG, "ClearLog"));
    }

    /**
     * Freezes the log, or goes on with it.
     *
     * @param freeze whether nothing shall be added
     */
    public CompletionStage<Element> freeze(boolean freeze) {
        return calls.invoke(Invocation.of(LOG, "FreezeLog").with("Freeze", freeze));
    }
}
