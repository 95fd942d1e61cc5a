using System.Text;
using System.Text.Json;
using CsCheck;
using Expflow.Parameters;
using Xunit;

namespace Expflow.Tests.Parameters;

public sealed class YamlScalarTests
{
    [Theory]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("off", "\"off\"")]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData("-0.0", "0")]
    [InlineData("007", "7")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("1e-3", "0.001")]
    [InlineData("0.001", "0.001")]
    [InlineData("1E-05", "1e-5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("+12", "12")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("08:00:00", "\"08:00:00\"")]
    [InlineData("1e", "\"1e\"")]
    [InlineData(".", "\".\"")]
    [InlineData("-", "\"-\"")]
    [InlineData("0x", "\"0x\"")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", "9.223372036854776e18")]
    [InlineData(".nan", "NaN")]
    [InlineData("-.inf", "-Infinity")]
    [InlineData("nan", "\"nan\"")]
    [InlineData("a \"b\"", "\"a \\\"b\\\"\"")]
    public void An_unquoted_scalar_means_what_YAML_1_2_says(string plain, string canonical)
    {
        Assert.Equal(canonical, YamlScalar.Read(plain)?.Canonical);
    }

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("null")]
    public void Nothing_is_no_value(string plain)
    {
        Assert.Null(YamlScalar.Read(plain));
    }

    [Fact]
    public void Every_double_reads_back_as_itself_from_its_canonical_text()
    {
        Gen.Double.Where(double.IsFinite)
            .Sample(number =>
            {
                var value = ParameterValue.Of(number);
                Assert.Equal(value, YamlScalar.Read(value.Canonical));
            });
    }

    [Fact]
    public void The_spelling_of_a_number_does_not_count()
    {
        Gen.Double[-1e6, 1e6]
            .Sample(number =>
                Assert.Equal(YamlScalar.Read(number.ToString("R")), YamlScalar.Read(number.ToString("E16")))
            );
    }

    [Theory]
    [InlineData("[1, 0.5, \"a\", true, [2]]")]
    [InlineData("\"NaN\"")]
    [InlineData("-1e-300")]
    public void A_value_survives_JSON(string json)
    {
        var value = ParameterJson.ReadValue(JsonDocument.Parse(json).RootElement)!;

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            writer.Write(value);

        Assert.Equal(value, ParameterJson.ReadValue(JsonDocument.Parse(stream.ToArray()).RootElement));
    }

    [Fact]
    public void Equal_sets_have_equal_bytes_whatever_the_order()
    {
        var names = Gen.String[Gen.Char.AlphaNumeric, 1, 6].HashSet[0, 6];
        Gen.Select(names, Gen.Int)
            .Sample(
                (set, seed) =>
                {
                    var pairs = set.Select((name, i) => KeyValuePair.Create(name, ParameterValue.Of(i / 4.0)))
                        .ToArray();
                    var a = ParameterSet.Of(pairs);
                    new Random(seed).Shuffle(pairs);
                    var b = ParameterSet.Of(pairs);
                    Assert.Equal(a, b);
                    Assert.Equal(a.GetHashCode(), b.GetHashCode());
                    Assert.Equal(a.CanonicalBytes(), b.CanonicalBytes());
                }
            );
    }

    [Fact]
    public void Canonical_bytes_are_ordered_JSON()
    {
        var set = ParameterSet.Of(
            ["seed", "lr", "Name"],
            [ParameterValue.Of(3), ParameterValue.Of(1e-3), ParameterValue.Of("é\n")]
        );

        Assert.Equal("{\"Name\":\"é\\n\",\"lr\":0.001,\"seed\":3}", Encoding.UTF8.GetString(set.CanonicalBytes()));
        Assert.Equal("seed=3,lr=0.001,Name=é\n", set.ToString());
    }
}
