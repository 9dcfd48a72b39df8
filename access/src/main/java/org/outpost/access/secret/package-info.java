/** Secrets at rest: passwords of devices, encrypted under keys that the database does not have. */
@NullMarked
package org.outpost.access.secret;

import org.jspecify.annotations.NullMarked;
