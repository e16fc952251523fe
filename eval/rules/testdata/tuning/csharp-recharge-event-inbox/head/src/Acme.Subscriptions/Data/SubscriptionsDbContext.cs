using Microsoft.EntityFrameworkCore;

namespace Acme.Subscriptions.Data;

public class SubscriptionsDbContext(DbContextOptions<SubscriptionsDbContext> options) : DbContext(options)
{
    public DbSet<Box> Boxes => Set<Box>();
    public DbSet<InboundEvent> InboundEvents => Set<InboundEvent>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<InboundEvent>().HasKey(e => new { e.Source, e.ExternalId });
        model.Entity<Box>().HasIndex(b => b.SubscriptionId).IsUnique();
    }
}
