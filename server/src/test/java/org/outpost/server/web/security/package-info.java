@NullMarked
package org.outpost.server.web.security;

import org.jspecify.annotations.NullMarked;
