using System.Buffers;
using CsCheck;
using Expflow.Parameters;
using Xunit;

namespace Expflow.Tests.Parameters;

public sealed class CanonicalNamesTests
{
    private static readonly Gen<ParameterValue> Values = Gen.OneOf(
        Gen.Int.Select(value => ParameterValue.Of(value)),
        Gen.Double.Select(ParameterValue.Of),
        Gen.Bool.Select(ParameterValue.Of),
        Gen.String.Select(ParameterValue.Of)
    );

    [Fact]
    public void Many_sets_are_written_as_each_would_be_alone() =>
        Gen.Select(Gen.String.Array[0, 6].Select(names => names.Distinct().ToArray()), Values.Array[12])
            .Sample(
                (names, values) =>
                {
                    var one = ParameterSet.Of(names, values[..names.Length]);
                    var other = ParameterSet.Of(names, values[6..(6 + names.Length)]);
                    var canonical = new CanonicalNames(one, names);
                    Assert.True(canonical.Fits(other));
                    var bytes = new ArrayBufferWriter<byte>();
                    canonical.Write(other, bytes);
                    Assert.Equal(other.CanonicalBytes(), bytes.WrittenSpan.ToArray());
                }
            );

    [Fact]
    public void Only_the_chosen_names_are_written_in_ordinal_order()
    {
        var set = ParameterSet.Of(
            ["b", "B", "a"],
            [ParameterValue.Of(1), ParameterValue.Of(2), ParameterValue.Of("x")]
        );
        var bytes = new ArrayBufferWriter<byte>();
        new CanonicalNames(set, ["b", "a", "missing"]).Write(set, bytes);
        Assert.Equal("""{"a":"x","b":1}"""u8.ToArray(), bytes.WrittenSpan.ToArray());
    }
}
