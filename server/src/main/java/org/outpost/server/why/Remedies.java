package org.outpost.server.why;

import org.outpost.gateway.attempt.Outcome;

/** What each outcome means and what helps against it. */
public final class Remedies {
    private static final String GUIDE = "Intel AMT Implementation and Reference Guide, ";
    private static final String REMOTE_ACCESS = GUIDE + "\"Remote Access\"";
    private static final String ADD_MPS = GUIDE + "\"Add a Management Presence Server\"";
    private static final String ALERTS = "RFC 8446 section 6.2, RFC 5246 section 7.2.2";
    private static final String CONFIGURATION = "docs/configuration.md";

    private final Facts facts;

    /** Remedies for this server. */
    public Remedies(Facts facts) {
        this.facts = facts;
    }

    /** The advice for an outcome. */
    public Advice of(Outcome outcome) {
        return switch (outcome) {
            case ADDRESS_LIMIT,
                    HANDSHAKE_LIMIT,
                    TUNNEL_LIMIT,
                    PROXY_HEADER,
                    NOTHING_SENT,
                    NOT_TLS,
                    HTTP_PROBE ->
                    beforeTls(outcome);
            case TLS_TIMEOUT,
                    CLOSED_IN_TLS,
                    CA_NOT_TRUSTED,
                    CERTIFICATE_REFUSED,
                    CERTIFICATE_EXPIRED,
                    NO_COMMON_TLS_VERSION,
                    NO_COMMON_CIPHER,
                    CLIENT_CERTIFICATE_MISSING,
                    CLIENT_CERTIFICATE_REFUSED,
                    CLIENT_CERTIFICATE_UNCHECKED,
                    TLS_FAILED ->
                    inTls(outcome);
            case PROTOCOL_ERROR,
                    VERSION_TIMEOUT,
                    CREDENTIALS_TIMEOUT,
                    CLOSED_BEFORE_SIGN_IN,
                    FORWARD_TIMEOUT,
                    CLOSED_BEFORE_FORWARD,
                    SERVER_STOPPED ->
                    inApf(outcome);
            case NO_CREDENTIALS,
                    WRONG_CREDENTIALS,
                    SIGN_IN_UNAVAILABLE,
                    OTHER_BINDING,
                    CREDENTIAL_FULL,
                    UNKNOWN_DEVICE,
                    HELD ->
                    inSignIn(outcome);
            case CONNECTED, RENAMED, NAME_SHARED -> notice(outcome);
            case ENDED_BY_DEVICE,
                    CONNECTION_LOST,
                    KEEPALIVE_TIMEOUT,
                    REPLACED,
                    RESET_BY_OPERATOR,
                    NOT_KEPT_BY_SUBSCRIBER,
                    SHUTDOWN,
                    TUNNEL_PROTOCOL_ERROR,
                    CONTROL_BACKLOG ->
                    end(outcome);
        };
    }

    private Advice beforeTls(Outcome outcome) {
        return switch (outcome) {
            case ADDRESS_LIMIT ->
                    new Advice(
                            "More connections come from this address than one address may make.",
                            "Devices behind one router or HTTP proxy share an address: raise"
                                + " tunnel.limits.new-connections-per-address-per-second and"
                                + " tunnel.limits.connections-per-address. If it is one device, see"
                                + " what else is told here about why it comes back so often.",
                            CONFIGURATION);
            case HANDSHAKE_LIMIT ->
                    new Advice(
                            "As many devices were calling in at that moment as may at once.",
                            "After an outage this passes by itself, since devices try again. If it"
                                + " happens every day, raise tunnel.limits.handshakes-in-flight or"
                                + " give the server more processors.",
                            CONFIGURATION);
            case TUNNEL_LIMIT ->
                    new Advice(
                            "As many tunnels are open as this server may have.",
                            "Raise tunnel.limits.tunnels and the memory to go with it, or put a"
                                    + " second server beside this one.",
                            CONFIGURATION);
            case PROXY_HEADER ->
                    new Advice(
                            "The PROXY protocol header before TLS was missing, late or broken, or"
                                    + " came from a peer that may send none.",
                            "Make the load balancer's setting and the listener's agree: both with"
                                + " the PROXY protocol or both without, and the balancer's address"
                                + " among those that are trusted.",
                            "docs/load-balancers.md");
            case NOTHING_SENT ->
                    new Advice(
                            "It connected and did not say a word: not a device's way.",
                            "Usually this is a port scan, a health check or a load balancer's"
                                + " probe. If it is a device, something between swallows what it"
                                + " sends: a firewall that inspects TLS, or a path with a too small"
                                + " MTU.",
                            REMOTE_ACCESS);
            case NOT_TLS ->
                    new Advice(
                            "What came first is not TLS.",
                            "Perhaps a PROXY protocol header that this listener does not expect, a"
                                    + " TLS terminator in front (then it needs a listener with tls:"
                                    + " none), or no device at all.",
                            "docs/load-balancers.md");
            default ->
                    new Advice(
                            "A browser or a health check called, not a device.",
                            "Nothing, if it is yours. Let health checks ask /health/ready on the"
                                    + " management door.",
                            CONFIGURATION);
        };
    }

    private Advice inTls(Outcome outcome) {
        return switch (outcome) {
            case TLS_TIMEOUT ->
                    new Advice(
                            "TLS began and was not finished in time.",
                            "The path loses packets: often a too small MTU, so that our certificate"
                                    + " does not get through, or a very slow link"
                                    + " (tunnel.timeouts.tls).",
                            ALERTS);
            case CLOSED_IN_TLS ->
                    new Advice(
                            "It hung up in the middle of TLS and did not say why. Much firmware"
                                    + " does that when it does not like the certificate.",
                            "Check, in this order: is our root "
                                    + facts.root()
                                    + " in the device; is the name that it was given for this"
                                    + " server in our certificate (openssl x509 -in server.crt"
                                    + " -noout -text, in the data folder); is the key"
                                    + " one that its firmware takes (RSA 2048 before AMT 22, RSA"
                                    + " 3072 or P-384 from there on); is its clock right. "
                                    + oldFirmware(),
                            REMOTE_ACCESS);
            case CA_NOT_TRUSTED ->
                    new Advice(
                            "It breaks off TLS: it does not trust our root (alert unknown_ca; or"
                                + " decrypt_error, when it has an older root of the same name).",
                            "Put "
                                    + facts.root()
                                    + " into the device as a trusted root: by"
                                    + " AMT_PublicKeyManagementService.AddTrustedRootCertificate"
                                    + " over WS-Management, or with the tool that provisions it"
                                    + " (rpc-go, MeshCommander). If the server shows a"
                                    + " certificate of your own authority, put that root there, and"
                                    + " let the server send the intermediate certificates too.",
                            GUIDE + "\"Add a Trusted Root Certificate\"; " + ALERTS);
            case CERTIFICATE_REFUSED ->
                    new Advice(
                            "It does not accept our certificate: usually the name in it is not the"
                                + " one that the device was given for this server, or the firmware"
                                + " does not take the key.",
                            "The name configured in the device (AccessInfo, or CN with an IP"
                                    + " address) must be in our certificate; ours is \""
                                    + facts.name()
                                    + "\", further ones go to tunnel.names. Firmware before AMT 22"
                                    + " wants RSA 2048 with SHA-256 (an RSA 3072 certificate gives"
                                    + " certificate_unknown); AMT 22 and later want RSA 3072 or"
                                    + " P-384 with SHA-384: give them a listener of their own.",
                            ADD_MPS + "; " + ALERTS);
            case CERTIFICATE_EXPIRED ->
                    new Advice(
                            "By the device's clock our certificate has expired or is not valid"
                                    + " yet.",
                            "See how long ours holds with: openssl x509 -in server.crt -noout"
                                + " -dates, in the data folder. If it holds, the device's clock is"
                                + " wrong, as after an empty battery: set it"
                                + " (AMT_TimeSynchronizationService), or start its operating system"
                                + " once.",
                            ALERTS);
            case NO_COMMON_TLS_VERSION ->
                    new Advice(
                            "It speaks no version of TLS that this listener does.",
                            oldFirmware() + " The listeners here: " + facts.allDoors() + ".",
                            GUIDE + "\"TLS, Detailed Description\"");
            case NO_COMMON_CIPHER ->
                    new Advice(
                            "It has no cipher suite or signature algorithm in common with this"
                                    + " listener.",
                            "Early AMT knows RSA key exchange alone: "
                                    + legacy()
                                    + " From AMT 22 on a certificate with RSA 2048 finds no"
                                    + " signature algorithm: give such devices a listener with RSA"
                                    + " 3072 or P-384.",
                            GUIDE + "\"TLS, Detailed Description\"");
            case CLIENT_CERTIFICATE_MISSING ->
                    new Advice(
                            "This listener wants a client certificate, and the device showed none.",
                            "Give the device a certificate and AuthMethod 1 (mutual TLS) for this"
                                    + " server, or let it call a listener that asks for none.",
                            ADD_MPS);
            case CLIENT_CERTIFICATE_REFUSED ->
                    new Advice(
                            "The device's own certificate is not good: of an authority that we do"
                                    + " not know, expired, or revoked.",
                            "Renew it in the device, or add its authority to the listener's"
                                    + " client-ca. The detail tells which it is.",
                            ALERTS);
            case CLIENT_CERTIFICATE_UNCHECKED ->
                    new Advice(
                            "Nobody could say whether the device's own certificate is still good.",
                            "Look whether the OCSP responder answers, and whether the listener's"
                                    + " CRL is there and not out of date; until then ocsp: soft and"
                                    + " crl-policy: soft let such devices in.",
                            "docs/certificates.md");
            default ->
                    new Advice(
                            "TLS failed in an unusual way.",
                            "Look at the detail; if it stays like this, capture the handshake on"
                                    + " the server (tcpdump) and compare the ClientHello with the"
                                    + " listeners here: "
                                    + facts.allDoors()
                                    + ".",
                            ALERTS);
        };
    }

    private String oldFirmware() {
        return "AMT before 12 speaks TLS 1.0 and 1.1 alone: " + legacy();
    }

    private String legacy() {
        return facts.legacyDoor()
                ? "let such devices call the port whose listener has tls: legacy."
                : "add a tunnel listener with tls: legacy on another port, and let such devices"
                        + " call that.";
    }

    private Advice inApf(Outcome outcome) {
        return switch (outcome) {
            case PROTOCOL_ERROR ->
                    new Advice(
                            "It broke the protocol of the tunnel (APF).",
                            "Is it a device at all? If it is, note its firmware version and the"
                                    + " detail, and report it: firmware differs from what is"
                                    + " written.",
                            "Intel AMT Port Forwarding Protocol Reference Manual");
            case VERSION_TIMEOUT, CREDENTIALS_TIMEOUT ->
                    new Advice(
                            "It agreed on TLS and then fell silent before it had signed in.",
                            "The path loses packets or the link is very slow; if it happens to"
                                    + " many, raise tunnel.timeouts. A program that only tests TLS"
                                    + " looks like this too.",
                            CONFIGURATION);
            case CLOSED_BEFORE_SIGN_IN ->
                    new Advice(
                            "It agreed on TLS and hung up before it showed credentials.",
                            "Usually a program that tests the port. A device does it when its"
                                    + " firmware gave the tunnel up: it tries again by itself, and"
                                    + " a restart of the PC or of its link makes it try at once.",
                            REMOTE_ACCESS);
            case FORWARD_TIMEOUT ->
                    new Advice(
                            "It signed in and offered no port in time.",
                            "Its management ports may be off: look at the redirection listener and"
                                    + " the web interface in its MEBx. A very slow link needs a"
                                    + " longer tunnel.timeouts.first-forward.",
                            REMOTE_ACCESS);
            case CLOSED_BEFORE_FORWARD ->
                    new Advice(
                            "It signed in and was gone before it offered a port.",
                            "The link broke just then, or the device changed to another server of"
                                    + " its list. It tries again by itself.",
                            GUIDE + "\"Remote Access Policies\"");
            default ->
                    new Advice(
                            "The server stopped while the device was calling in.",
                            "Nothing: it tries again, though some firmware waits for many minutes.",
                            REMOTE_ACCESS);
        };
    }

    private Advice inSignIn(Outcome outcome) {
        return switch (outcome) {
            case NO_CREDENTIALS ->
                    new Advice(
                            "It shows neither a password nor a certificate.",
                            "Give it a user name and password for this server (AuthMethod 2 of"
                                + " AMT_RemoteAccessService.AddMpServer), or a certificate with a"
                                + " listener that asks for one.",
                            ADD_MPS);
            case WRONG_CREDENTIALS ->
                    new Advice(
                            "Its user name is unknown here, or its password is wrong.",
                            "Set user name and password anew in the device, or add them here (the"
                                    + " password file, or outpost device credential). Some firmware"
                                    + " cuts both after 16 characters.",
                            ADD_MPS);
            case SIGN_IN_UNAVAILABLE ->
                    new Advice(
                            "Its credentials could not be checked: what checks them did not"
                                    + " answer.",
                            "Look at the server's log for \"credentials cannot be checked now\" and"
                                    + " mend what it names (password file, directory, database)."
                                    + " Devices try again by themselves.",
                            CONFIGURATION);
            case OTHER_BINDING ->
                    new Advice(
                            "Its UUID is bound to another credential here. First sight binds, so"
                                    + " that nobody with other credentials can take a device's"
                                    + " place.",
                            "If the device was set up anew, or its credentials were changed, forget"
                                + " the old binding: outpost device forget GUID. If it is another"
                                + " device, the two share a UUID: have the board's UUID set by its"
                                + " maker's tool.",
                            "ARCHITECTURE.md, \"Identity and trust\"");
            case CREDENTIAL_FULL ->
                    new Advice(
                            "Its credential has recorded as many devices as one may.",
                            "Give devices credentials of their own, forget devices that are gone"
                                    + " (outpost device forget), or raise devices.per-credential.",
                            CONFIGURATION);
            case UNKNOWN_DEVICE ->
                    new Advice(
                            "It is not known, and unknown devices are not taken in.",
                            "Set devices.admit-unknown to true, at least while new devices come.",
                            CONFIGURATION);
            default ->
                    new Advice(
                            "It was held, because tunnels of its UUID replaced each other more than"
                                    + " five times in a minute, and it did not wait.",
                            "Most likely two devices share this UUID and one credential: compare"
                                    + " the addresses told here, and give each device its own"
                                    + " credential, then the intruder shows by its user name.",
                            "ARCHITECTURE.md, \"Identity and trust\"");
        };
    }

    private Advice notice(Outcome outcome) {
        return switch (outcome) {
            case CONNECTED -> new Advice("Its tunnel was opened.", "Nothing.", REMOTE_ACCESS);
            case RENAMED ->
                    new Advice(
                            "It announced another name than before.",
                            "Use the new name, or the UUID, which stays.",
                            REMOTE_ACCESS);
            default ->
                    new Advice(
                            "Another connected device claims the same name, so the name alone"
                                    + " reaches neither.",
                            "Use the UUID, and give one of the two another host name.",
                            "docs/decisions/0003-names-are-claims.md");
        };
    }

    private Advice end(Outcome outcome) {
        return switch (outcome) {
            case ENDED_BY_DEVICE ->
                    new Advice(
                            "The device ended its tunnel itself.",
                            "That is normal when its policy's time is over, when it comes into the"
                                    + " company network (environment detection), or when a trigger"
                                    + " of higher priority sends it to another server.",
                            GUIDE + "\"Remote Access Policies\"");
            case CONNECTION_LOST ->
                    new Advice(
                            "Its tunnel broke without a word: power, cable or Wi-Fi was gone, or"
                                    + " something between forgot the connection.",
                            "If it happens every few minutes, a router drops idle connections: make"
                                + " tunnel.keep-alive.interval shorter than the router's patience.",
                            REMOTE_ACCESS);
            case KEEPALIVE_TIMEOUT ->
                    new Advice(
                            "It fell silent: three keep-alives in a row did not come.",
                            "Home routers drop idle connections: make tunnel.keep-alive.interval"
                                + " shorter. Firmware that sends keep-alives every 90 seconds needs"
                                + " a longer tunnel.keep-alive.unnegotiated.",
                            REMOTE_ACCESS);
            case REPLACED ->
                    new Advice(
                            "A newer tunnel of the same device took its place.",
                            "Normal after a broken link. If it happens all the time and from two"
                                    + " addresses, two devices share one UUID and one credential:"
                                    + " give each its own credential.",
                            "ARCHITECTURE.md, \"Identity and trust\"");
            case RESET_BY_OPERATOR ->
                    new Advice(
                            "Somebody reset its tunnel.",
                            "It calls in again by itself, after a while that its firmware chooses.",
                            REMOTE_ACCESS);
            case NOT_KEPT_BY_SUBSCRIBER ->
                    new Advice(
                            "A console with authority over connections did not want to keep it.",
                            "Look at that console, or take \"authoritative\" away from it in"
                                    + " notifications.subscribers.",
                            REMOTE_ACCESS);
            case SHUTDOWN ->
                    new Advice(
                            "The server stopped.",
                            "It calls in again by itself; some firmware waits for a quarter of an"
                                    + " hour, or until the PC's link goes down and up.",
                            REMOTE_ACCESS);
            case TUNNEL_PROTOCOL_ERROR ->
                    new Advice(
                            "It broke the protocol in a running tunnel.",
                            "Note its firmware version and the detail, and report it.",
                            "Intel AMT Port Forwarding Protocol Reference Manual");
            default ->
                    new Advice(
                            "It caused answers faster than it took them.",
                            "A device does not do that: look what it really is. If it is a device,"
                                    + " its link is far too slow.",
                            CONFIGURATION);
        };
    }

    /** What to look at when nothing at all came from a device. */
    public Advice neverSeen() {
        return new Advice(
                "Nothing that could be it has reached this server.",
                "Check, from the device outwards: is Remote Access configured in it with this"
                        + " server (\""
                        + facts.name()
                        + "\") and a policy that opens a tunnel (a device with a user-initiated"
                        + " policy alone calls only when its user asks for it); does it believe"
                        + " that it is outside: inside the company network, by its list of local"
                        + " domains and the DNS suffix that DHCP gives, it opens no tunnel, nor"
                        + " with a static IP address; does the name resolve from where it is; do"
                        + " the firewalls let it reach "
                        + facts.allDoors()
                        + "; does a NAT or load balancer forward that port to this machine. Then"
                        + " restart the PC, or take its link down and up: firmware that gave up"
                        + " waits long before it tries again.",
                GUIDE + "\"Environment Detection\" and \"Remote Access\"");
    }

    /** What to look at when a known device has not come back. */
    public Advice awayQuietly() {
        return new Advice(
                "It has not tried again since.",
                "It may be off without power, inside the company network, where it opens no tunnel,"
                        + " without a link, or waiting for its policy's next time (a user-initiated"
                        + " policy waits for its user).",
                GUIDE + "\"Remote Access Policies\" and \"Environment Detection\"");
    }

    /** Tunnels that come and go. */
    public Advice flapping() {
        return new Advice(
                "Its tunnels come and go.",
                "Look how they end, above. A router that forgets idle connections wants a shorter"
                        + " tunnel.keep-alive.interval; two devices with one UUID replace each"
                        + " other; a weak Wi-Fi breaks the link; a periodic policy with a short"
                        + " lifetime ends tunnels as it was told.",
                REMOTE_ACCESS);
    }

    /** A name that several devices go by. */
    public Advice ambiguousName() {
        return new Advice(
                "Several devices go by this name; as long as that is so, the name alone may reach"
                        + " none of them.",
                "Use the UUID. Forget devices that are gone: outpost device forget GUID.",
                "docs/decisions/0003-names-are-claims.md");
    }

    /** A UUID that no maker set. */
    public Advice junkUuid(String announced) {
        return new Advice(
                "Its board has no UUID of its own: it announces "
                        + announced
                        + ", as many others do, and is told apart by its credential.",
                "Give each such device a credential of its own, or set the UUID with the maker's"
                        + " tool.",
                "ARCHITECTURE.md, \"Identity and trust\"");
    }
}
