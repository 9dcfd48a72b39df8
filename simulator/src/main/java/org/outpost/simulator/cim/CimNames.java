package org.outpost.simulator.cim;

/** How classes are named on the wire (wsman.md §2.1). */
public final class CimNames {
    private static final String AMT = "http://intel.com/wbem/wscim/1/amt-schema/1/";
    private static final String CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
    private static final String IPS = "http://intel.com/wbem/wscim/1/ips-schema/1/";

    /** Namespace of {@code Datetime} and {@code Interval}. */
    public static final String COMMON = "http://schemas.dmtf.org/wbem/wscim/1/common";

    /** Name of the host PC in the model. */
    public static final String HOST = "ManagedSystem";

    /** Name of the management engine in the model. */
    public static final String ENGINE = "Intel(r) AMT";

    private CimNames() {}

    /** Resource URI of a class, which is also the namespace of its elements. */
    public static String uri(String className) {
        if (className.startsWith("AMT_")) {
            return AMT + className;
        }
        return (className.startsWith("IPS_") ? IPS : CIM) + className;
    }

    /** Name of the class with that resource URI: what follows the last slash. */
    public static String className(String uri) {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }
}
