/**
 * Authenticators that others wrote: found in a folder, loaded apart from ours and from each other,
 * and asked so that whatever they do hurts nobody else.
 */
@NullMarked
package org.outpost.gateway.authentication.plugin;

import org.jspecify.annotations.NullMarked;
