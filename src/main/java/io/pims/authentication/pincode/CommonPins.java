package io.pims.authentication.pincode;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The PINs that most people choose. The lists stay as published, though the rules of {@link PinPolicy} refuse some too. */
final class CommonPins {

    /**
     * The first 100 of {@code four-digit-pin-codes-sorted-by-frequency-withcount.csv} in danielmiessler/SecLists (MIT),
     * whose first twenty are those of Data Genetics, "PIN analysis" (2012). Then what else is among the first ten of
     * Markert et al., "This PIN Can Be Easily Guessed" (IEEE S&P 2020), as its press release has them (0852, 5683), and
     * of the 29 million PINs in Have I Been Pwned that ABC News Australia counted in 2025 (1342).
     */
    private static final Set<String> FOUR_DIGITS = pins("""
            1234 1111 0000 1212 7777 1004 2000 4444 2222 6969 9999 3333 5555 6666 1122 1313 8888 2001 4321 1010
            0909 2580 0007 1818 1230 1984 1986 0070 1985 0987 1000 1231 1987 1999 2468 2002 2323 0123 1123 1233
            1357 1221 1324 1988 2112 2121 5150 1024 1112 1224 1969 1225 1235 1982 1983 1001 1978 1979 7410 1020
            1223 1974 1975 1977 1980 1981 1029 1121 1213 1973 1976 2020 2345 2424 2525 1515 1970 1972 1989 0001
            1023 1414 9876 0101 0907 1245 1966 1967 1971 8520 1964 1968 4545 1318 5678 1011 1124 1211 1963 4200
            0852 5683 1342
            """);

    /**
     * The first 100 entries of six digits in the password list of zxcvbn 4.5.0 (MIT), which ranks Mark Burnett's "Ten
     * million passwords" (2015) and leaves out what its own rules for dates, repeats and runs rate as more common. With
     * the rules of {@link PinPolicy} they cover the first ten of Markert et al.
     */
    private static final Set<String> SIX_DIGITS = pins("""
            123456 111111 123123 696969 666666 123321 654321 000000 112233 131313 159753 123654 159357 789456
            102030 315475 007007 111222 147258 010203 147852 420420 123789 852456 159951 134679 124578 135790
            142536 741852 456123 666999 246810 753951 314159 321654 141627 951753 911911 112358 555666 121314
            456852 123098 258456 102938 123987 445566 987456 456654 753159 223344 906090 789654 666777 123457
            132435 963852 000007 362436 128500 789123 321123 100000 150781 222333 321456 332211 420247 162534
            456321 000001 789987 135246 122333 200000 778899 555777 112211 192837 777888 333666 336699 123451
            784512 235689 787898 147369 794613 654123 111333 000111 369963 123455 120676 147963 159632 010180
            655321 123465
            """);

    private CommonPins() {}

    private static Set<String> pins(String list) {
        return Stream.of(list.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    static boolean contains(String pin) {
        return FOUR_DIGITS.contains(pin) || SIX_DIGITS.contains(pin);
    }
}
