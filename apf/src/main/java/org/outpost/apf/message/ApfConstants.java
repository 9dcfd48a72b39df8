package org.outpost.apf.message;

/** The names of apf.md sections 2.4, 2.7 and 2.9. */
public final class ApfConstants {
    /** The authentication service. */
    public static final String AUTH_SERVICE = "auth@amt.intel.com";

    /** The port forwarding service. */
    public static final String PFWD_SERVICE = "pfwd@amt.intel.com";

    /** Authentication by user name and password. */
    public static final String METHOD_PASSWORD = "password";

    /** No authentication here: a client certificate stood for it. */
    public static final String METHOD_NONE = "none";

    /** Channel type of what the server opens. */
    public static final String FORWARDED_TCPIP = "forwarded-tcpip";

    /** Channel type of what the device opens. */
    public static final String DIRECT_TCPIP = "direct-tcpip";

    private ApfConstants() {}
}
