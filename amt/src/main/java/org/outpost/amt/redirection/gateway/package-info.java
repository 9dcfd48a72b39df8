/**
 * Joins a browser's or program's redirection session with a device's, signing in there
 * (redirection.md §1.2).
 */
@NullMarked
package org.outpost.amt.redirection.gateway;

import org.jspecify.annotations.NullMarked;
