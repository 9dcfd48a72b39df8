/** Who the server is to those who call: its CA, its certificates, and TLS as they speak it. */
@NullMarked
package org.outpost.server.certificate;

import org.jspecify.annotations.NullMarked;
