package org.outpost.simulator.log;

/** What the audit log notes: an application and one of its events (wsman.md §9.2). */
public enum AuditEvent {
    PROVISIONING_COMPLETED(16, 1),
    ACL_ENTRY_ADDED(16, 2),
    ACL_ENTRY_MODIFIED(16, 3),
    ACL_ENTRY_REMOVED(16, 4),
    INVALID_CREDENTIALS(16, 5),
    ACL_ENTRY_STATE_CHANGED(16, 6),
    TLS_STATE_CHANGED(16, 7),
    TLS_CERTIFICATE_SET(16, 8),
    TLS_CERTIFICATE_REMOVED(16, 9),
    TRUSTED_ROOT_ADDED(16, 10),
    TRUSTED_ROOT_REMOVED(16, 11),
    POWER_PACKAGE_SET(16, 16),
    UPGRADED_TO_ADMIN_MODE(16, 18),
    UNPROVISIONING_STARTED(16, 19),
    POWERED_UP(17, 0),
    POWERED_DOWN(17, 1),
    POWER_CYCLED(17, 2),
    RESET(17, 3),
    BOOT_OPTIONS_SET(17, 4),
    GRACEFUL_POWER_OFF(17, 5),
    GRACEFUL_RESET(17, 6),
    STANDBY(17, 7),
    HIBERNATE(17, 8),
    DIAGNOSTIC_INTERRUPT(17, 9),
    IDER_OPENED(18, 0),
    IDER_CLOSED(18, 1),
    IDER_ENABLED(18, 2),
    IDER_DISABLED(18, 3),
    SOL_OPENED(18, 4),
    SOL_CLOSED(18, 5),
    SOL_ENABLED(18, 6),
    SOL_DISABLED(18, 7),
    KVM_STARTED(18, 8),
    KVM_ENDED(18, 9),
    KVM_ENABLED(18, 10),
    KVM_DISABLED(18, 11),
    FIRMWARE_UPDATED(19, 0),
    LOG_CLEARED(20, 0),
    AUDIT_POLICY_MODIFIED(20, 1),
    AUDIT_DISABLED(20, 2),
    AUDIT_ENABLED(20, 3),
    AUDIT_EXPORTED(20, 4),
    TIME_SET(21, 0),
    TCP_IP_CHANGED(22, 0),
    HOST_NAME_CHANGED(22, 1),
    DOMAIN_NAME_CHANGED(22, 2),
    LINK_POLICY_CHANGED(22, 4),
    STORAGE_LIMITS_CHANGED(23, 0),
    ALERT_SUBSCRIBED(24, 0),
    ALERT_UNSUBSCRIBED(24, 1),
    EVENT_LOG_CLEARED(24, 2),
    EVENT_LOG_FROZEN(24, 3),
    FILTER_ADDED(25, 0),
    FILTER_REMOVED(25, 1),
    POLICY_ADDED(25, 2),
    POLICY_REMOVED(25, 3),
    DEFAULT_POLICY_SET(25, 4),
    WATCHDOG_ADDED(26, 0),
    WATCHDOG_REMOVED(26, 1),
    WATCHDOG_ACTION_SET(26, 2),
    WIRELESS_PROFILE_ADDED(27, 0),
    WIRELESS_PROFILE_REMOVED(27, 1),
    WIRELESS_PROFILE_UPDATED(27, 2),
    OPT_IN_POLICY_CHANGED(30, 0),
    OPT_IN_CODE_SENT(30, 1);

    private final int application;
    private final int event;

    AuditEvent(int application, int event) {
        this.application = application;
        this.event = event;
    }

    /** Number of the application. */
    public int application() {
        return application;
    }

    /** Number of the event in that application. */
    public int event() {
        return event;
    }
}
