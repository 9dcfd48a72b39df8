/**
 * Binds YAML, environment variables and flags to typed records, and explains every error at its
 * line.
 */
@NullMarked
package org.outpost.server.configuration.binding;

import org.jspecify.annotations.NullMarked;
