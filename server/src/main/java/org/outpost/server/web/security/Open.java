package org.outpost.server.web.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A route that asks for no right. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Open {
    /** To whom. */
    To value();

    /** To whom a route is open. */
    enum To {
        /** To everybody, without a sign-in. */
        ANYBODY,
        /** To whoever is signed in. */
        SIGNED_IN
    }
}
