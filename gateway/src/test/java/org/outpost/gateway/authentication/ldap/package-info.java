@NullMarked
package org.outpost.gateway.authentication.ldap;

import org.jspecify.annotations.NullMarked;
