package org.outpost.amt.operation;

import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Selectors;

/** The two systems that AMT models (wsman.md section 2.3). */
public final class ComputerSystems {
    /** The PC itself. */
    public static final EndpointReference HOST = system("ManagedSystem");

    /** The name of the management engine, a key of many instances. */
    public static final String ENGINE = "Intel(r) AMT";

    private ComputerSystems() {}

    private static EndpointReference system(String name) {
        return EndpointReference.of(
                AmtClass.of("CIM_ComputerSystem"),
                Selectors.of("CreationClassName", "CIM_ComputerSystem").and("Name", name));
    }
}
