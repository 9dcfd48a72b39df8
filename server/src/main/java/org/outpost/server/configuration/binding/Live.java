package org.outpost.server.configuration.binding;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The key can be changed while the server runs. Without this, it counts at the next start. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Live {
    /** How it is changed. */
    Change value();
}
