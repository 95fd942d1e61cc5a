using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Expflow.Parameters;

/// <summary>The value of a parameter: a boolean, an integer, a number, a text, or a list of values. Never null.</summary>
/// <remarks>
/// Exactly one of the nested cases. Two values are equal when they mean the same, however they were spelt: <c>1e-3</c> is <c>0.001</c>,
/// and <c>1.0</c> is <c>1</c>, because a whole number within ±2^63 is always an <see cref="Integer"/>.
/// </remarks>
public abstract record ParameterValue
{
    // 2^63: every whole double below it is a 64-bit integer, digit for digit.
    private const double LongLimit = 9_223_372_036_854_775_808;

    // Points of a sweep share their values, so that each is written once and not once per run.
    private string? canonical;

    private ParameterValue() { }

    /// <summary>One spelling per meaning, JSON-like: <c>true</c>, <c>3</c>, <c>0.001</c>, <c>"adam"</c>, <c>[1,2]</c>, <c>NaN</c>. Identity is made of it.</summary>
    public string Canonical => canonical ??= Written();

    /// <summary>As a person writes it, without quotes: for folder names, flags and tables.</summary>
    public virtual string Display => Canonical;

    /// <summary>The boolean.</summary>
    public static ParameterValue Of(bool value) => value ? Boolean.True : Boolean.False;

    /// <summary>The integer.</summary>
    public static ParameterValue Of(long value) => new Integer(value);

    /// <summary>The number; a whole one within ±2^63 is an <see cref="Integer"/>.</summary>
    public static ParameterValue Of(double value) =>
        double.IsInteger(value) && Math.Abs(value) < LongLimit ? new Integer((long)value) : new Number(value);

    /// <summary>The text, as it stands.</summary>
    public static ParameterValue Of(string value) => new Text(value);

    /// <summary>The list, in this order.</summary>
    public static ParameterValue Of(IReadOnlyList<ParameterValue> items) => new List(items);

    /// <summary>Equal when they mean the same.</summary>
    public virtual bool Equals(ParameterValue? other) =>
        other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    private protected abstract string Written();

    /// <summary><see cref="Display"/>.</summary>
    public sealed override string ToString() => Display;

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public sealed record Boolean : ParameterValue
    {
        internal static readonly Boolean True = new(true);
        internal static readonly Boolean False = new(false);

        private Boolean(bool value) => Value = value;

        /// <summary>The boolean.</summary>
        public bool Value { get; }

        private protected override string Written() => Value ? "true" : "false";
    }

    /// <summary>A whole number of 64 bits.</summary>
    public sealed record Integer : ParameterValue
    {
        internal Integer(long value) => Value = value;

        /// <summary>The integer.</summary>
        public long Value { get; }

        private protected override string Written() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A number that is not whole, is beyond ±2^63, or is not finite. Equal to itself even when it is NaN.</summary>
    public sealed record Number : ParameterValue
    {
        internal Number(double value) => Value = value;

        /// <summary>The number.</summary>
        public double Value { get; }

        // The shortest digits that read back as the same number; 1e-5 rather than 1E-05.
        private protected override string Written() =>
            double.IsNaN(Value) ? "NaN"
            : double.IsInfinity(Value) ? (Value > 0 ? "Infinity" : "-Infinity")
            : Tidy(Value.ToString("R", CultureInfo.InvariantCulture));

        /// <inheritdoc/>
        public override string Display =>
            double.IsNaN(Value) ? "nan"
            : double.IsInfinity(Value) ? (Value > 0 ? "inf" : "-inf")
            : Canonical;

        private static string Tidy(string digits)
        {
            var e = digits.IndexOf('E', StringComparison.Ordinal);
            if (e < 0)
                return digits;
            var exponent = int.Parse(digits.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            return $"{digits[..e]}e{exponent}";
        }
    }

    /// <summary>A text of any length, also an empty one.</summary>
    public sealed record Text : ParameterValue
    {
        internal Text(string value) => Value = value;

        /// <summary>The text.</summary>
        public string Value { get; }

        private protected override string Written() =>
            $"\"{JsonEncodedText.Encode(Value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

        /// <inheritdoc/>
        public override string Display => Value;
    }

    /// <summary>Values in an order that counts.</summary>
    public sealed record List : ParameterValue
    {
        internal List(IReadOnlyList<ParameterValue> items) => Items = [.. items];

        /// <summary>The values.</summary>
        public IReadOnlyList<ParameterValue> Items { get; }

        private protected override string Written() => Joined(item => item.Canonical);

        /// <inheritdoc/>
        public override string Display => Joined(item => item.Display);

        /// <summary>The same values in the same order.</summary>
        public bool Equals(List? other) => other is not null && Items.SequenceEqual(other.Items);

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var item in Items)
                hash.Add(item);
            return hash.ToHashCode();
        }

        private string Joined(Func<ParameterValue, string> write)
        {
            var text = new StringBuilder("[");
            foreach (var item in Items)
                text.Append(text.Length > 1 ? "," : "").Append(write(item));
            return text.Append(']').ToString();
        }
    }
}
