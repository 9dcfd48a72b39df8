/** HTTP/1.1 with digest access authentication, as Intel AMT's server does it. */
@NullMarked
package org.outpost.amt.wsman.http;

import org.jspecify.annotations.NullMarked;
