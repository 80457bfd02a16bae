package io.pims.authentication.sms;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.util.HashMap;
import java.util.Map;

/** The real mappings with their defaults and constraints, over properties given by a test. */
public final class TestConfig {

    private static final Map<String, String> BRANDS = Map.of(
            "pims.sms.default-brand", "peugeot",
            "pims.sms.origin", "pims.example",
            "pims.sms.sender", "PIMS",
            "pims.sms.brands.peugeot.name", "Peugeot",
            "pims.sms.brands.peugeot.origin", "peugeot.com",
            "pims.sms.brands.peugeot.sender", "Peugeot",
            "pims.sms.brands.citroen.name", "Citroën");

    private TestConfig() {}

    /** @param changes key, value, key, value…; an empty value takes the key away */
    public static <T> T of(Class<T> mapping, String... changes) {
        Map<String, String> properties = new HashMap<>(BRANDS);
        for (int i = 0; i < changes.length; i += 2) {
            properties.put(changes[i], changes[i + 1]);
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withValidator(new BeanValidationConfigValidatorImpl())
                .withMapping(mapping)
                .withMappingIgnore("pims.sms.**")
                .build();
        return config.getConfigMapping(mapping);
    }

    public static Brands brands(String... changes) {
        return new Brands(of(SmsConfig.class, changes));
    }

    public static SmsText text(String... changes) {
        SmsConfig config = of(SmsConfig.class, changes);
        return new SmsText(config, new Brands(config), new Languages(config));
    }
}
