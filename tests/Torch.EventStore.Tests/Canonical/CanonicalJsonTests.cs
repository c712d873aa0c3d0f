using System.Globalization;
using System.Text;
using Torch.EventStore.Canonical;

namespace Torch.EventStore.Tests.Canonical;

/// <summary>RFC 8785. Its appendix B gives the doubles by their bits.</summary>
public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Doubles_are_written_as_ECMAScript_writes_them(string bits, string expected)
    {
        var value = BitConverter.Int64BitsToDouble(
            long.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        );

        Of(value.ToString("E17", CultureInfo.InvariantCulture)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("1.50", "1.5")]
    [InlineData("100", "100")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("1E2", "100")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("12345678901234567890", "12345678901234567000")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("1e21", "1e+21")]
    [InlineData("120e-3", "0.12")]
    public void A_number_has_one_spelling_whatever_jsonb_kept_of_it(string json, string expected) =>
        Of(json).ShouldBe(expected);

    [Fact]
    public void Members_stand_in_the_order_of_their_UTF_16_code_units()
    {
        // U+1F600 is written with the surrogate D83D and so comes before U+FB33, though its code point is higher.
        const string json = """
            {"\u20ac": "Euro", "\r": "Return", "\ufb33": "Dalet", "1": "One", "\ud83d\ude00": "Face", "\u0080": "Control", "\u00f6": "O"}
            """;

        Of(json)
            .ShouldBe(
                "{\"\\r\":\"Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"O\",\"€\":\"Euro\",\"😀\":\"Face\",\"\ufb33\":\"Dalet\"}"
            );
    }

    [Fact]
    public void Strings_have_the_shortest_escapes_and_nothing_else_is_escaped() =>
        Of("""  "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/\b\f\t\u007f"  """)
            .ShouldBe(
                """
                "€$\u000f\nA'B\"\\\\\"/\b\f\t
                """.TrimEnd('\n') + "\u007f\""
            );

    [Fact]
    public void Nested_values_are_sorted_all_the_way_down_and_arrays_keep_their_order() =>
        Of("""{"b": [3, {"d": null, "c": true}], "a": {"z": false, "y": {}}, "aa": []}""")
            .ShouldBe("""{"a":{"y":{},"z":false},"aa":[],"b":[3,{"c":true,"d":null}]}""");

    [Fact]
    public void The_canonical_form_of_a_canonical_form_is_itself()
    {
        var once = Of("""{"x": 1e-9, "a": ["\u00e9", 0.1, -5], "A": {"2": 2, "10": 10}}""");

        Of(once).ShouldBe(once);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("""{"a":1,"b":2,"a":1}""")]
    [InlineData("""{"\u0061":1,"a":1}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"a":}""")]
    [InlineData("1 2")]
    [InlineData("")]
    public void What_has_no_canonical_form_is_refused(string json) => Should.Throw<FormatException>(() => Of(json));

    private static string Of(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));
}
