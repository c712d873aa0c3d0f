-- Sums of doubles depend on their order, and so on where one page of the log ended and the next began. Decimal sums do not: a rebuilt
-- bucket equals the live one in every digit.
alter table torch.rollups alter column sum_value type numeric using sum_value::text::numeric;
