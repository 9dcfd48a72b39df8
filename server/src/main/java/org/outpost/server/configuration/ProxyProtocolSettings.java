package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;
import org.outpost.server.configuration.binding.Subnet;

import java.time.Duration;
import java.util.List;

/** Who may send PROXY headers. */
public record ProxyProtocolSettings(
        @Doc(
                        "The address ranges of peers that speak for others: each of their"
                                + " connections has to begin with a PROXY header, version 1 or 2,"
                                + " and the address in it counts everywhere. Without any: nobody,"
                                + " and headers are refused.")
                List<Subnet> from,
        @Doc("From the connection to the end of the header.")
                @Default("5s")
                @Range(min = 100, max = 60000)
                Duration deadline,
        @Doc(
                        "The type of the TLV in which a terminator hands on the client certificate"
                                + " that it verified, as DER or base64: 224 to 239; 0 for none. Its"
                                + " common name needs no setting.")
                @Default("0")
                @Range(min = 0, max = 239)
                int certificateTlv) {
    private static final int FIRST_OWN_TYPE = 224;

    /** Whether the type of the certificate's TLV is one that is free for own use. */
    boolean hasGoodTlv() {
        return certificateTlv == 0 || certificateTlv >= FIRST_OWN_TYPE;
    }
}
