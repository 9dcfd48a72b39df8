package org.outpost.gateway.authentication.plugin;

import org.outpost.authenticator.AuthenticatorProvider;

/**
 * What plug-ins see of the server: the JDK and the package that they implement. So a plug-in brings
 * its own libraries in the versions it wants, and none of ours can clash with them.
 */
final class ApiOnlyClassLoader extends ClassLoader {
    private static final String API = AuthenticatorProvider.class.getPackageName() + ".";

    ApiOnlyClassLoader() {
        super("outpost-authenticator-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(API)) {
            return AuthenticatorProvider.class.getClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
