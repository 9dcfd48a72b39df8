/**
 * The SOAP interfaces of Intel's MPS, as far as they are public (mps-soap.md): who is connected,
 * and who wants to be told.
 */
@NullMarked
package org.outpost.server.soap;

import org.jspecify.annotations.NullMarked;
