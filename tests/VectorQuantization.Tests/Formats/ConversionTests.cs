using VectorQuantization.Formats;
using VectorQuantization.Vectors;
using Xunit;

namespace VectorQuantization.Tests.Formats;

public sealed class ConversionTests
{
    [Fact]
    public void Every_half_is_converted_as_the_runtime_does()
    {
        var halves = Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).ToArray();

        var floats = Converted(ElementType.Float16, Bytes.Of(halves), halves.Length);

        Assert.All(
            halves.Zip(floats),
            pair => Assert.True(((float)pair.First).Equals(pair.Second), $"{pair.First} became {pair.Second}")
        );
    }

    [Fact]
    public void Every_byte_is_converted_with_and_without_its_sign()
    {
        var bytes = Enumerable.Range(0, 256 + 7).Select(value => (byte)value).ToArray();

        Assert.Equal(bytes.Select(value => (float)value), Converted(ElementType.UInt8, bytes, bytes.Length));
        Assert.Equal(bytes.Select(value => (float)(sbyte)value), Converted(ElementType.Int8, bytes, bytes.Length));
    }

    [Fact]
    public void Doubles_and_whole_numbers_are_rounded_once()
    {
        var whole = Enumerable.Range(0, 37).Select(i => (i - 18) * 57_885_161).ToArray();
        var doubles = whole.Select(value => value / 3.0).ToArray();

        Assert.Equal(whole.Select(value => (float)value), Converted(ElementType.Int32, Bytes.Of(whole), whole.Length));
        Assert.Equal(
            whole.Select(value => (float)((long)value << 20)),
            Converted(ElementType.Int64, Bytes.Of([.. whole.Select(value => (long)value << 20)]), whole.Length)
        );
        Assert.Equal(
            doubles.Select(value => (float)value),
            Converted(ElementType.Float64, Bytes.Of(doubles), doubles.Length)
        );
    }

    private static float[] Converted(ElementType element, byte[] bytes, int count)
    {
        var floats = new float[count];
        Conversion.ToSingle(element, bytes, floats);
        return floats;
    }
}
