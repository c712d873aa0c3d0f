using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Torch.Domain.Evaluation;

/// <summary>
/// A list that lies in its owner, and mostly has one item: nothing is allocated for the first, and nothing more must be fetched to read
/// it. A field, never a property: a copy would go its own way.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct Few<T>
    where T : class
{
    private T? _first;
    private T[]? _rest;

    public int Count { get; private set; }

    public T this[int index]
    {
        readonly get => index == 0 ? _first! : _rest![index - 1];
        set
        {
            if (index == 0)
                _first = value;
            else
                _rest![index - 1] = value;
        }
    }

    public void Add(T item)
    {
        if (Count > 0 && (_rest?.Length ?? 0) < Count)
            Array.Resize(ref _rest, Math.Max(2, Count * 2));
        this[Count++] = item;
    }

    /// <summary>Those behind it move up.</summary>
    public void Remove(T item)
    {
        var index = 0;
        while (index < Count && this[index] != item)
            index++;
        if (index == Count)
            return;
        for (; index < Count - 1; index++)
            this[index] = this[index + 1];
        RemoveLast();
    }

    public void RemoveLast()
    {
        this[--Count] = null!;
        if (Count <= 1)
            _rest = null;
    }

    public void Clear() => this = default;

    public readonly T? Find(Predicate<T> match)
    {
        foreach (var item in this)
            if (match(item))
                return item;
        return null;
    }

    public readonly Enumerator GetEnumerator() => new(this);

    [StructLayout(LayoutKind.Auto)]
    [SuppressMessage("Design", "MA0048", Justification = "An enumerator belongs to its list.")]
    public struct Enumerator(Few<T> items)
    {
        private int _index = -1;

        public readonly T Current => items[_index];

        public bool MoveNext() => ++_index < items.Count;
    }
}
