package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.log.AuditLog;
import org.outpost.simulator.log.EventLog;
import org.outpost.simulator.log.EventRecord;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;

/** The event log and the audit log (wsman.md §9). */
final class LogClasses {
    private static final int AUDIT_PAGE = 10;
    private static final EnumSet<Realm> READERS =
            EnumSet.of(Realm.EVENT_LOG_READER, Realm.EVENT_MANAGER);
    private static final EnumSet<Realm> MANAGERS = EnumSet.of(Realm.EVENT_MANAGER);
    private static final EnumSet<Realm> AUDITORS = EnumSet.of(Realm.AUDIT_LOG);

    private LogClasses() {}

    static List<CimClass> classes() {
        return List.of(messageLog(), auditLog());
    }

    private static CimClass messageLog() {
        return CimClass.named("AMT_MessageLog")
                .keys("CreationClassName", "Name")
                .readableBy(Realm.GENERAL_INFO, Realm.EVENT_LOG_READER, Realm.EVENT_MANAGER)
                .single(LogClasses::messageLogInstance)
                .method(
                        "PositionToFirstRecord",
                        READERS,
                        (call, in) -> Output.done().with("IterationIdentifier", 1))
                .method("GetRecords", READERS, LogClasses::getRecords)
                .method("GetRecord", READERS, LogClasses::getRecord)
                .method("CancelIteration", READERS, (call, in) -> Output.done())
                .method("FreezeLog", MANAGERS, LogClasses::freeze)
                .method("ClearLog", MANAGERS, LogClasses::clear)
                .build();
    }

    private static Instance messageLogInstance(Firmware firmware) {
        EventLog log = firmware.eventLog();
        return Instance.of("AMT_MessageLog")
                .set("Capabilities", 5, 6, 8, 7)
                .set("CharacterSet", 10)
                .set("CreationClassName", "AMT_MessageLog")
                .set("CurrentNumberOfRecords", log.size())
                .named("Intel(r) AMT:MessageLog 1")
                .set("EnabledDefault", 2)
                .set("EnabledState", 2)
                .set("HealthState", 5)
                .set("IsFrozen", log.frozen())
                .set("LastChange", 0)
                .set("LogState", 4)
                .set("MaxLogSize", 0)
                .set("MaxNumberOfRecords", EventLog.CAPACITY)
                .set("MaxRecordSize", EventRecord.LENGTH)
                .set("Name", "Intel(r) AMT:MessageLog 1")
                .set("OperationalStatus", 2)
                .set("OverwritePolicy", 2)
                .set("PercentageNearFull", 100)
                .set("RequestedState", 12)
                .set("SizeOfHeader", 0)
                .set("SizeOfRecordHeader", 0)
                .set("Status", "OK")
                .build();
    }

    private static Output getRecords(Call call, Arguments in) throws FaultException {
        int from = (int) in.number("IterationIdentifier", 0, 0xFFFF_FFFFL);
        int most = (int) in.number("MaxReadRecords", 1, EventLog.CAPACITY);
        List<EventRecord> records = call.firmware().eventLog().records();
        if (from < 1 || from > Math.max(1, records.size())) {
            return Output.of(Status.INVALID_INDEX);
        }
        List<EventRecord> page =
                records.subList(from - 1, Math.min(records.size(), from - 1 + most));
        int next = from + page.size();
        return Output.done()
                .with("IterationIdentifier", next)
                .with("NoMoreRecords", next > records.size())
                .with("RecordArray", page.stream().map(LogClasses::base64).toArray());
    }

    private static Output getRecord(Call call, Arguments in) throws FaultException {
        int from = (int) in.number("IterationIdentifier", 0, 0xFFFF_FFFFL);
        boolean forward = in.has("PositionToNext") && in.flag("PositionToNext");
        List<EventRecord> records = call.firmware().eventLog().records();
        if (from < 1 || from > records.size()) {
            return Output.of(Status.INVALID_INDEX);
        }
        return Output.done()
                .with("IterationIdentifier", forward ? from + 1 : from)
                .with("RecordNumber", from)
                .with("RecordData", base64(records.get(from - 1)));
    }

    private static String base64(EventRecord record) {
        return Base64.getEncoder().encodeToString(record.bytes());
    }

    private static Output freeze(Call call, Arguments in) throws FaultException {
        call.firmware().eventLog().freeze(in.flag("Freeze"));
        call.audit(AuditEvent.EVENT_LOG_FROZEN);
        return Output.done();
    }

    private static Output clear(Call call, Arguments in) {
        EventLog log = call.firmware().eventLog();
        if (log.frozen()) {
            return Output.of(Status.EVENT_LOG_FROZEN);
        }
        log.clear();
        call.audit(AuditEvent.EVENT_LOG_CLEARED);
        return Output.done();
    }

    private static CimClass auditLog() {
        return CimClass.named("AMT_AuditLog")
                .keys("Name")
                .readableBy(Realm.AUDIT_LOG)
                .single(LogClasses::auditLogInstance)
                .live(
                        (firmware, stored) ->
                                auditLogInstance(firmware)
                                        .but()
                                        .set("StoragePolicy", stored.all("StoragePolicy"))
                                        .build())
                .method("ReadRecords", AUDITORS, LogClasses::readRecords)
                .method("ClearLog", AUDITORS, LogClasses::clearAudit)
                .method("RequestStateChange", AUDITORS, LogClasses::switchAudit)
                .method("SetStoragePolicy", AUDITORS, LogClasses::setStoragePolicy)
                .build();
    }

    private static Instance auditLogInstance(Firmware firmware) {
        AuditLog log = firmware.auditLog();
        return Instance.of("AMT_AuditLog")
                .set("AuditState", log.enabled() ? 16 : 17)
                .set("CurrentNumberOfRecords", log.count())
                .named("Intel(r) AMT Audit Log")
                .set("EnabledState", log.enabled() ? 2 : 3)
                .set("MaxAllowedAuditors", 1)
                .set("MaxNumberOfRecords", 0)
                .set("Name", "Intel(r) AMT:Audit Log")
                .set("OverwritePolicy", 2)
                .set("PercentageFree", log.percentageFree())
                .set("RequestedState", 2)
                .set("StoragePolicy", 1)
                .time("TimeOfLastRecord", Instant.ofEpochSecond(log.lastSeconds()))
                .build();
    }

    private static Output readRecords(Call call, Arguments in) throws FaultException {
        int from = (int) in.number("StartIndex", 1, Integer.MAX_VALUE);
        AuditLog log = call.firmware().auditLog();
        List<Object> records = new ArrayList<>();
        for (int number = from; records.size() < AUDIT_PAGE; number++) {
            byte[] record = log.record(number);
            if (record == null) {
                break;
            }
            records.add(Base64.getEncoder().encodeToString(record));
        }
        return Output.done()
                .with("TotalRecordCount", log.count())
                .with("RecordsReturned", records.size())
                .with("EventRecords", records.toArray());
    }

    private static Output clearAudit(Call call, Arguments in) {
        call.firmware().auditLog().clear();
        call.audit(AuditEvent.LOG_CLEARED);
        return Output.done();
    }

    private static Output switchAudit(Call call, Arguments in) throws FaultException {
        long state = in.number("RequestedState", 0, 65_535);
        if (state != 2 && state != 3) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        if (state == 3) {
            call.audit(AuditEvent.AUDIT_DISABLED);
        }
        call.firmware().auditLog().enable(state == 2);
        if (state == 2) {
            call.audit(AuditEvent.AUDIT_ENABLED);
        }
        return Output.done();
    }

    private static Output setStoragePolicy(Call call, Arguments in) throws FaultException {
        long policy = in.number("PolicyType", 0, 255);
        if (policy < 1 || policy > 3) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        call.store(in.target().but().set("StoragePolicy", policy).build());
        return Output.done();
    }
}
