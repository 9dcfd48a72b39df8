@NullMarked
package org.outpost.server.web.account;

import org.jspecify.annotations.NullMarked;
