/** A certificate authority for tests: PEM files and TLS contexts. */
@NullMarked
package org.outpost.testkit.certificate;

import org.jspecify.annotations.NullMarked;
