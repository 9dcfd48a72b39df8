package org.outpost.server.configuration.binding;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A word for the key {@code type} that people expect and that is deliberately not there. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Misnomer {
    /** The word. */
    String word();

    /** Why it is not there, and what to write instead. */
    String advice();
}
