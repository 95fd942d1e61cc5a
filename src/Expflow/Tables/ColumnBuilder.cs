using System.Globalization;

namespace Expflow.Tables;

/// <summary>Gathers values whose type is not known beforehand, and makes the narrowest column that holds them all: boolean, integer, number, else text.</summary>
/// <param name="name">The column's name.</param>
public sealed class ColumnBuilder(string name)
{
    private readonly List<(Kind Kind, long Integer, double Number, string? Text)> values = [];
    private Kind seen;

    [Flags]
    private enum Kind
    {
        Missing = 0,
        Boolean = 1,
        Integer = 2,
        Number = 4,
        Text = 8,
    }

    /// <summary>How many values there are.</summary>
    public int Count => values.Count;

    /// <summary>What the values mean.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>The unit of the values.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Adds a truth.</summary>
    public void Add(bool value) => Add(Kind.Boolean, value ? 1 : 0, 0, null);

    /// <summary>Adds a whole number.</summary>
    public void Add(long value) => Add(Kind.Integer, value, value, null);

    /// <summary>Adds a number.</summary>
    public void Add(double value) => Add(Kind.Number, 0, value, null);

    /// <summary>Adds a text.</summary>
    public void Add(string value) => Add(Kind.Text, 0, 0, value);

    /// <summary>Adds missing values until there are <paramref name="count"/> of all.</summary>
    public void FillTo(int count)
    {
        while (values.Count < count)
            values.Add(default);
    }

    /// <summary>The column.</summary>
    public Column Build() =>
        seen switch
        {
            Kind.Boolean => new BooleanColumn(name, [.. values.Select(v => v.Kind == 0 ? (bool?)null : v.Integer == 1)])
            {
                Meaning = Meaning,
                Unit = Unit,
            },
            Kind.Integer => new IntegerColumn(name, [.. values.Select(v => v.Kind == 0 ? (long?)null : v.Integer)])
            {
                Meaning = Meaning,
                Unit = Unit,
            },
            Kind.Number or (Kind.Number | Kind.Integer) => new NumberColumn(
                name,
                [.. values.Select(v => v.Kind == 0 ? (double?)null : v.Number)]
            )
            {
                Meaning = Meaning,
                Unit = Unit,
            },
            _ => new TextColumn(name, [.. values.Select(Text)]) { Meaning = Meaning, Unit = Unit },
        };

    private void Add(Kind kind, long integer, double number, string? text)
    {
        seen |= kind;
        values.Add((kind, integer, number, text));
    }

    private static string? Text((Kind Kind, long Integer, double Number, string? Text) value) =>
        value.Kind switch
        {
            Kind.Missing => null,
            Kind.Boolean => value.Integer == 1 ? "true" : "false",
            Kind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
            Kind.Number => NumberText.Of(value.Number),
            _ => value.Text,
        };
}
