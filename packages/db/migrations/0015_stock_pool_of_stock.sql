ALTER TABLE "pass_types" DROP CONSTRAINT "pass_types_pool_id_stock_pools_id_fk";
--> statement-breakpoint
ALTER TABLE "stock" ADD COLUMN "pool_id" bigint;--> statement-breakpoint
ALTER TABLE "stock" ADD CONSTRAINT "stock_pool_id_stock_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "public"."stock_pools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stock_pool" ON "stock" USING btree ("pool_id") WHERE "stock"."pool_id" is not null;--> statement-breakpoint
ALTER TABLE "pass_types" DROP COLUMN "pool_id";