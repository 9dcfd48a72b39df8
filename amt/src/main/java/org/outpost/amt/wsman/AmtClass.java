package org.outpost.amt.wsman;

/**
 * A CIM class, by its name; the name's prefix says which schema it belongs to (wsman.md section
 * 2.1).
 *
 * @param name such as {@code AMT_GeneralSettings}: letters, digits and {@code _}, up to 128
 */
public record AmtClass(String name) {
    private static final int LONGEST = 128;

    /** Checks the name and its prefix. */
    public AmtClass {
        if (name.length() > LONGEST || !name.chars().allMatch(AmtClass::fine)) {
            throw new IllegalArgumentException(
                    "a class name has up to 128 letters, digits and underscores");
        }
        prefix(name);
    }

    private static boolean fine(int c) {
        return c == '_' || (c < 0x7F && Character.isLetterOrDigit(c));
    }

    private static String prefix(String name) {
        if (name.startsWith("AMT_")) {
            return "http://intel.com/wbem/wscim/1/amt-schema/1/";
        }
        if (name.startsWith("IPS_")) {
            return "http://intel.com/wbem/wscim/1/ips-schema/1/";
        }
        if (name.startsWith("CIM_")) {
            return "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
        }
        throw new IllegalArgumentException("a class name begins with AMT_, CIM_ or IPS_");
    }

    /**
     * The class of this name.
     *
     * @param name such as {@code AMT_GeneralSettings}
     */
    public static AmtClass of(String name) {
        return new AmtClass(name);
    }

    /** Its ResourceURI, which is also the namespace of its instances and arguments. */
    public String uri() {
        return prefix(name) + name;
    }

    @Override
    public String toString() {
        return name;
    }
}
