package org.outpost.amt.operation.remoteaccess;

import java.util.OptionalLong;

/**
 * A policy that makes the device call (AMT_RemoteAccessPolicyRule).
 *
 * @param name its key: User Initiated, Alert or Periodic
 * @param trigger 0 user, 1 alert, 2 periodic, 3 home provisioning
 * @param tunnelLifeTime seconds until the tunnel ends; 0 for never
 * @param extendedData when a periodic one calls, base64
 */
public record AccessPolicy(
        String name, int trigger, OptionalLong tunnelLifeTime, String extendedData) {}
