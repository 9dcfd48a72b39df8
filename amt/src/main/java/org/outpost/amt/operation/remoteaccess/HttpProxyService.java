package org.outpost.amt.operation.remoteaccess;

import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The HTTP proxies through which the device calls (wsman.md section 12). */
public final class HttpProxyService {
    private static final AmtClass SERVICE = AmtClass.of("IPS_HTTPProxyService");
    private static final String PROXIES = "IPS_HTTPProxyAccessPoint";

    private final AmtCalls calls;

    /** Asks through these calls. */
    public HttpProxyService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The proxies. */
    public CompletionStage<List<HttpProxy>> list() {
        return calls.enumerate(PROXIES)
                .thenApply(list -> list.stream().map(HttpProxyService::proxy).toList());
    }

    private static HttpProxy proxy(Element read) {
        return new HttpProxy(
                read.textOr("Name", ""),
                read.textOr("AccessInfo", ""),
                read.integer("Port").orElse(0) & 0xFFFF,
                read.textOr("NetworkDnsSuffix", ""));
    }

    /** Adds a proxy. */
    public CompletionStage<Element> add(HttpProxy proxy) {
        return calls.invoke(
                Invocation.of(SERVICE, "AddProxyAccessPoint")
                        .with("AccessInfo", proxy.address())
                        .with("InfoFormat", InfoFormat.of(proxy.address()))
                        .with("Port", proxy.port())
                        .with("NetworkDnsSuffix", proxy.networkSuffix()));
    }

    /**
     * Removes a proxy.
     *
     * @param name its key
     */
    public CompletionStage<Optional<Element>> remove(String name) {
        return calls.delete(PROXIES, Selectors.of("Name", name));
    }
}
