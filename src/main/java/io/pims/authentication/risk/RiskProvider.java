package io.pims.authentication.risk;

/** Who is asked. */
public enum RiskProvider {
    /** An operator or aggregator that offers the SIM Swap API of CAMARA. */
    CAMARA,
    /** Vonage's Identity Insights API. */
    VONAGE
}
