/**
 * Deciding who may sign in: what plug-ins implement. The package depends on the JDK alone, and a
 * plug-in sees no other of ours.
 */
@NullMarked
package org.outpost.authenticator;

import org.jspecify.annotations.NullMarked;
