package org.outpost.server.web.security;

import org.outpost.access.right.Verb;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a caller must be allowed in order to use a route. Every route says so, or that it is {@link
 * Open}; a server with one that does not say so refuses to start.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
    /** The right. */
    Verb value();

    /** For what it is needed. */
    Over over();

    /** For what a right is needed. */
    enum Over {
        /**
         * The device that the path names as {@code guid}. A caller who may not know of it hears
         * that it does not exist.
         */
        DEVICE,
        /**
         * At least one device or tenant. The route itself leaves out of its answer what the caller
         * may not see, and checks what it changes.
         */
        SOME,
        /** The server and all tenants. */
        EVERYTHING
    }
}
