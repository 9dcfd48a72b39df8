/** What the tests of this module share. */
@NullMarked
package org.outpost.apf.support;

import org.jspecify.annotations.NullMarked;
