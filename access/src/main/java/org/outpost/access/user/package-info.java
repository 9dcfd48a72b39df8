/** People and programs that sign in, with what they were granted. */
@NullMarked
package org.outpost.access.user;

import org.jspecify.annotations.NullMarked;
