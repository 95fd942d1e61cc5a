namespace Expflow.Experiments;

/// <summary>The keys that a map of the experiment file may have. The reader and the JSON Schema both go by it.</summary>
/// <param name="Name">The map's name: the definition's in the schema.</param>
/// <param name="Keys">The keys, in the order in which people write them.</param>
public sealed record KeyTable(string Name, IReadOnlyList<Key> Keys)
{
    /// <summary>The names of the keys.</summary>
    public IEnumerable<string> Names => Keys.Select(key => key.Name);
}

/// <summary>A key and what it takes.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">What it takes.</param>
/// <param name="Description">What it does, for an editor to show.</param>
public sealed record Key(string Name, KeyShape Shape, string Description);

/// <summary>What a key takes. Exactly one of the nested cases.</summary>
public abstract record KeyShape
{
    private KeyShape() { }

    /// <summary>A text.</summary>
    public sealed record Text : KeyShape;

    /// <summary>A text, or a list of texts.</summary>
    public sealed record Texts : KeyShape;

    /// <summary>One of some words.</summary>
    public sealed record Words(params string[] Choices) : KeyShape;

    /// <summary>A whole number in a range.</summary>
    public sealed record Whole(long Least, long Most) : KeyShape;

    /// <summary>A number.</summary>
    public sealed record Number : KeyShape;

    /// <summary>true or false.</summary>
    public sealed record Truth : KeyShape;

    /// <summary>An amount, with or without a unit: a text or a number.</summary>
    public sealed record Amount : KeyShape;

    /// <summary>A parameter's value.</summary>
    public sealed record Value : KeyShape;

    /// <summary>A map of names to values of this shape.</summary>
    public sealed record MapOf(KeyShape Values) : KeyShape;

    /// <summary>A list of values of this shape.</summary>
    public sealed record ListOf(KeyShape Items) : KeyShape;

    /// <summary>One value of this shape, or a list of them.</summary>
    public sealed record OneOrMore(KeyShape Items) : KeyShape;

    /// <summary>Exactly two numbers, the lower first.</summary>
    public sealed record Bounds : KeyShape;

    /// <summary>A map with these keys.</summary>
    public sealed record Table(KeyTable Keys) : KeyShape;

    /// <summary>Any of these.</summary>
    public sealed record AnyOf(params KeyShape[] Shapes) : KeyShape;
}
