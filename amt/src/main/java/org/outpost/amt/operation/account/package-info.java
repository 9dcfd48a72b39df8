/** Accounts and their realms. */
@NullMarked
package org.outpost.amt.operation.account;

import org.jspecify.annotations.NullMarked;
