@NullMarked
package org.outpost.access.signin;

import org.jspecify.annotations.NullMarked;
