@NullMarked
package org.outpost.gateway.authentication.plugin;

import org.jspecify.annotations.NullMarked;
