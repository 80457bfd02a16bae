package io.pims.authentication.sms;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.Brands.Brand;
import io.pims.authentication.sms.RoutesConfig.Route;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The roads to the phone, in the order in which they are tried. Without {@code pims.sms.routes} it is one. */
@Startup
@ApplicationScoped
public class Roads {

    /** The name of the only road, where none is named; also its provider's. */
    public static final String ONLY = "vonage";

    private static final String ROUTES = "pims.sms.routes";
    private static final Logger LOG = Logger.getLogger(Roads.class);

    private final List<Road> roads;
    private final boolean configured;

    /** @throws WrongSetting if a road is named twice, not set up, or without a sender */
    @Inject
    public Roads(RoutesConfig config, Brands brands, @All List<SmsProvider> providers) {
        List<String> names = config.names().orElse(List.of());
        // Each one is asked, for beans are made when they are asked first: one that no road goes by checks settings
        // too.
        Map<String, SmsProvider> byName =
                providers.stream().collect(toUnmodifiableMap(SmsProvider::name, Function.identity()));
        requireKnown(config, config.roads().keySet());
        if (new HashSet<>(names).size() < names.size()) {
            throw new WrongSetting(ROUTES, "names a road twice");
        }
        roads = names.isEmpty()
                ? List.of(only(byName.get(ONLY)))
                : names.stream().map(name -> road(name, config, byName)).toList();
        configured = roads.stream().allMatch(road -> road.sender().configured())
                && roads.stream().allMatch(road -> brands.all().stream().allMatch(road::hasSenderOf));
        if (!names.isEmpty()) {
            roads.forEach(road -> brands.all().forEach(brand -> requireSender(road, brand)));
        } else if (!configured) {
            LOG.warn("No SMS can be sent, requests for a code are refused with 2006: set pims.sms.vonage.api-key and"
                    + " pims.sms.vonage.api-secret, or for the Messages API pims.sms.vonage.application-id and"
                    + " pims.sms.vonage.private-key; and pims.sms.sender or one for each brand");
        }
    }

    /**
     * Refuses the settings of a road that nobody named.
     *
     * @param set names that there are settings of
     * @throws WrongSetting if one of them is not among {@code pims.sms.routes}
     */
    public static void requireKnown(RoutesConfig config, Set<String> set) {
        List<String> names = config.names().orElse(List.of());
        set.stream().filter(name -> !names.contains(name)).sorted().findFirst().ifPresent(unknown -> {
            throw new WrongSetting(ROUTES + "." + unknown, "is set, but is not among " + ROUTES);
        });
    }

    /**
     * Refuses the settings of one provider at a road that goes by another.
     *
     * @param group their name below that of the road
     * @param provider that they are for
     * @throws WrongSetting if the road goes by another one
     */
    public static void requireProvider(RoutesConfig config, String road, String group, String provider) {
        Optional.ofNullable(config.roads().get(road))
                .flatMap(Route::provider)
                .filter(other -> !other.equals(provider))
                .ifPresent(other -> {
                    throw new WrongSetting(
                            ROUTES + "." + road + "." + group, "is set, but the provider of this road is " + other);
                });
    }

    /**
     * Refuses a setting of the only road that is there beside named ones.
     *
     * @param setting its whole name
     * @param ofRoad what to set instead, below the name of a road
     * @param set false if it is not there, or is the default, with which nothing is lost
     * @throws WrongSetting if it is set
     */
    public static void requireNone(String setting, String ofRoad, boolean set) {
        if (set) {
            throw new WrongSetting(
                    setting, "does not count beside " + ROUTES + ": set " + ROUTES + ".<name>." + ofRoad);
        }
    }

    private static Road only(SmsProvider provider) {
        return new Road(ONLY, provider.sender(ONLY), Set.of(), Optional.empty(), Map.of(), Optional.empty());
    }

    private static Road road(String name, RoutesConfig config, Map<String, SmsProvider> providers) {
        String setting = ROUTES + "." + name;
        Route route = config.roads().get(name);
        String provider = Optional.ofNullable(route)
                .flatMap(Route::provider)
                .orElseThrow(() -> new WrongSetting(setting + ".provider", "is missing: vonage or webhook"));
        Set<String> countries = route.countries().orElse(Set.of());
        countries.stream().filter(code -> !Senders.isCountry(code)).findFirst().ifPresent(code -> {
            throw new WrongSetting(setting + ".countries", "has '" + code + "', which is no country of ISO 3166-1");
        });
        return new Road(
                name,
                providers.get(provider).sender(name),
                Set.copyOf(countries),
                route.sender(),
                Senders.byCountry(setting + ".senders", route.senders()),
                route.sendsPerSecond());
    }

    private static void requireSender(Road road, Brand brand) {
        if (!road.hasSenderOf(brand)) {
            throw new WrongSetting(
                    ROUTES + "." + road.name() + ".sender",
                    "is missing, as the brand " + brand.key() + " has no sender either");
        }
    }

    /** Returns the roads, the first choice first. There is at least one. */
    public List<Road> inOrder() {
        return roads;
    }

    /**
     * Returns true if SMS can be sent: each road has an account, and a sender for each brand. Only the road that is
     * there without {@code pims.sms.routes} can lack them: named ones that do stop the start. So it is a matter of no
     * country, and known before a request is looked at.
     */
    public boolean configured() {
        return configured;
    }
}
