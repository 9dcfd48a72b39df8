/** Asking a directory (LDAP, RFC 4511) who may sign in. */
@NullMarked
package org.outpost.gateway.authentication.ldap;

import org.jspecify.annotations.NullMarked;
