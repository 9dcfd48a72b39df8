/** Sign-in, users, tokens, roles, groups and tenants over the API. */
@NullMarked
package org.outpost.server.web.account;

import org.jspecify.annotations.NullMarked;
