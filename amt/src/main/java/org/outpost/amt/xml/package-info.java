/** XML as small immutable trees: a hardened reader and a writer. */
@NullMarked
package org.outpost.amt.xml;

import org.jspecify.annotations.NullMarked;
