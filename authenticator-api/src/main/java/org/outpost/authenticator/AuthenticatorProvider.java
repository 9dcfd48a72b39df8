package org.outpost.authenticator;

/**
 * Makes authenticators: what a plug-in names in {@code
 * META-INF/services/org.outpost.authenticator.AuthenticatorProvider}. It needs a public constructor
 * without parameters, and is made once for each look at the plug-in folder, so the constructor
 * should do nothing; {@link #create} is where work begins.
 */
public interface AuthenticatorProvider {
    /** The name by which the configuration asks for it; not empty, the same at every call. */
    String name();

    /**
     * Makes an authenticator; called once for each place in the configuration that names this
     * provider, so the same plug-in serves devices and consoles with different parameters.
     *
     * @param parameters the text of the key {@code parameters}, as it is written; empty when there
     *     is none. It may hold a secret: it belongs into no message and no log
     * @throws InvalidParametersException when the parameters cannot be used; the server then does
     *     not start, and shows the message
     * @throws Exception when it cannot be made for another reason; the server then does not start,
     *     and shows the class of the exception, but not its message
     */
    Authenticator create(String parameters, AuthenticatorContext context) throws Exception;
}
